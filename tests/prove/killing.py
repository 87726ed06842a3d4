"""Twenty runs of a service whose processes are killed at random, ten times; even draws on SQLite, odd on PostgreSQL."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove.ledger import Found, Tried
from tests.service.killing import tried
from tests.service.postgres import postgres

RUNS = 20


def try_killing(draw: int, _kept: Path) -> Tried:
    """Have the runs done: none is lost, none is done twice, none is wrong."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder, postgres() if draw % 2 else nullcontext() as store:
        report = tried(Path(folder), store, RUNS, seed=draw)
    kills = {f"{what} killed": float(count) for what, count in report.kills.items()}
    found = tuple(Found("run lost or wrong", said) for said in report.wrong)
    return Tried(draw, "tried", time.perf_counter() - began, found, (), {"runs": RUNS, **kills})
