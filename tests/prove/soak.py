"""A thousand runs queued at once, behind a service that reads and edits go on in: all of them end."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from tests.patience import PATIENCE_S
from tests.prove.ledger import Found, Tried
from tests.service.load import runs_that_end
from tests.service.postgres import postgres
from tests.serving import served

RUNS = 1000


def try_soak(draw: int, _kept: Path) -> Tried:
    """Queue them, on SQLite where the draw is even, on PostgreSQL where it is odd."""
    began = time.perf_counter()
    with TemporaryDirectory() as home, postgres() if draw % 2 else nullcontext() as store:
        where = ("--store", store) if store else ()
        with (
            served(Path(home), "--workers", "2", *where) as url,
            httpx2.Client(base_url=url, timeout=PATIENCE_S) as client,
        ):
            left = RUNS - runs_that_end(client, RUNS)
    found = (Found("run without an end", f"{left} of {RUNS}"),) if left else ()
    return Tried(draw, "tried", time.perf_counter() - began, found, (), {"runs": RUNS})
