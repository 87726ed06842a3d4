"""A batch of tiny problems: the price from which an offer enters is where the best of all plans turns to it."""

from __future__ import annotations

import time
from pathlib import Path

from tests.explanations.prices import prices_hold
from tests.prove.ledger import Tried

BATCH = 12


def try_prices(draw: int, _kept: Path) -> Tried:
    """Try a batch. Raises at the first price that is not where it turns."""
    began = time.perf_counter()
    facts = prices_hold(draw, BATCH)
    return Tried(draw, "tried", time.perf_counter() - began, (), (), {"facts": facts})
