"""A drawn problem with futures: its hedged plan is what trying every one finds, and what holds of every one holds of it."""

from __future__ import annotations

import time
from pathlib import Path

from tests.hedge.comparing import differences
from tests.hedge.draws import drawn_hedge
from tests.hedge.held import HELD
from tests.prove.ledger import Found, Tried


def try_hedged(draw: int, _kept: Path) -> Tried:
    """Try a draw, and ask another what has to hold. Raises where something does not."""
    began, drawn = time.perf_counter(), drawn_hedge(draw)
    found = tuple(Found("disagrees", f"{said}: {drawn.told}") for said in differences(drawn))
    for held in HELD:
        held(1000 + draw)
    return Tried(draw, "tried", time.perf_counter() - began, found, (), {"problems": 2})
