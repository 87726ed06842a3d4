"""Ten runs of a service that is slowed at random, fifteen times, up to half a minute; even draws on SQLite, odd PostgreSQL."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove.ledger import Found, Tried
from tests.service.postgres import postgres
from tests.service.slowing import slowed

RUNS, DISTURBANCES, LONGEST_S = 10, 15, 30.0


def try_slowing(draw: int, _kept: Path) -> Tried:
    """Have the runs done: each ends optimal on its first attempt."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder, postgres() if draw % 2 else nullcontext() as store:
        report = slowed(Path(folder), store, RUNS, DISTURBANCES, draw, LONGEST_S)
    done = {f"{what} held": float(count) for what, count in report.disturbances.items()}
    found = tuple(Found("run lost or begun again", said) for said in report.wrong)
    return Tried(draw, "tried", time.perf_counter() - began, found, (), {"runs": RUNS, **done})
