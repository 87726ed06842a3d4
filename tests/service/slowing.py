"""Runs while the service is slowed at random: its store locked, its workers and solves paused. None is lost, none begins again.

`python -m tests.prove slowing --draws 10` does it at length, in turn on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, select, text

from orebook.service.settings import Settings
from orebook.service.store.store import Store
from orebook.service.store.tables import ENDED, Run
from tests.patience import PATIENCE_S
from tests.service.killing import Service, submit_many


@dataclass
class Report:
    """What came of it."""

    disturbances: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def slowed(home: Path, store: str | None, runs: int, disturbances: int, seed: int, longest_s: float) -> Report:
    """So many runs, disturbed so many times for up to so many seconds; each has to end optimal on its first attempt."""
    random.seed(seed)
    home.mkdir(parents=True, exist_ok=True)
    told = {"LOST_S": "5", "BUSY_S": "2"}
    service, report = Service(home, store, told), Report()
    try:
        wanted = submit_many(service, runs)
        opened = Store.of(Settings(home=home, store=store))
        try:
            left, until = len(wanted), time.monotonic() + PATIENCE_S
            while left and time.monotonic() < until:
                if report.disturbances.total() < disturbances:
                    what = random.choice(("store", "worker", "solve", "web"))
                    report.disturbances[what] += _disturb(service, home, store, what, random.uniform(0, longest_s))
                time.sleep(random.uniform(0.1, 1.0))
                with opened.database.read() as session:
                    left = len(session.scalars(select(Run.id).where(Run.state.not_in(ENDED))).all())
            with opened.database.read() as session:
                for run in session.scalars(select(Run)):
                    if (run.state, run.attempt, run.losses) != ("optimal", 1, 0):
                        report.wrong.append(f"{run.id} is {run.state} on attempt {run.attempt}: {run.reason}")
        finally:
            opened.database.engine.dispose()
    finally:
        service.end()
    return report


def _disturb(service: Service, home: Path, store: str | None, what: str, seconds: float) -> bool:
    """Hold the store, or a process, for so long; False where there is nothing to hold right now."""
    if what == "store":
        _hold(home, store, seconds)
        return True
    process = service.victim(what)
    if process is None or (process.pid == service.victim("web").pid and what != "web"):  # type: ignore[union-attr]
        return False
    process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        process.send_signal(signal.SIGCONT)
    return True


def _hold(home: Path, store: str | None, seconds: float) -> None:
    if store is None:
        holder = sqlite3.connect(home / "orebook.db", isolation_level=None, timeout=PATIENCE_S)
        holder.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        holder.execute("ROLLBACK")
        holder.close()
        return
    engine = create_engine(store.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE runs IN EXCLUSIVE MODE"))
        time.sleep(seconds)
    engine.dispose()
