"""Runs while the service is killed at random: web, workers and solves, with SIGKILL, and begun again as a supervisor would.

`python -m tests.prove killing --draws 40` does it at length, in turn on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
from sqlalchemy import select

from orebook.service.settings import Settings
from orebook.service.store.store import Store
from orebook.service.store.tables import ENDED, Audit, Run
from tests.patience import PATIENCE_S
from tests.service.running import instance
from tests.serving import free_port

LOST_S = 3.0
TOLD = {"AUTH": "none", "BEAT_S": "0.2", "LOST_S": str(LOST_S), "TRIES": "1000", "WORKERS": "2"}


@dataclass
class Report:
    """What came of it."""

    states: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kills = ", ".join(f"{n} {what}" for what, n in sorted(self.kills.items()))
        resumed = f"resumed within {self.longest_s:.1f} s"
        return f"{dict(self.states)}; killed {kills}; {resumed}; wrong: {len(self.wrong)} {self.wrong[:3]}"


class Service:
    """`orebook serve` on a port, begun again whenever it is found dead."""

    def __init__(self, home: Path, store: str | None, more: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        told = {**TOLD, **(more or {}), "HOME": str(home), **({"STORE": store} if store else {})}
        self._env = os.environ | {f"OREBOOK_{name}": value for name, value in told.items()}
        self._log = (home / "log").open("wb")
        self.process: subprocess.Popen[bytes] | None = None
        self.keep()

    def keep(self) -> None:
        """Begin it where it is not there."""
        if self.process is None or self.process.poll() is not None:
            code = "from orebook.cli import main; main()"
            command = [sys.executable, "-c", code, "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(command, env=self._env, stderr=self._log)

    def victim(self, what: str) -> psutil.Process | None:
        """The web process, the process of workers, or one that solves; None where there is none right now."""
        assert self.process is not None
        try:
            web = psutil.Process(self.process.pid)
            if what == "web":
                return web
            workers = [p for p in web.children() if "orebook.service.processes.worker" in p.cmdline()]
            if what == "worker" or not workers:
                return workers[0] if workers else None
            solves = [p for fork in workers[0].children() for p in fork.children()]
            return random.choice(solves) if solves else None
        except psutil.NoSuchProcess:
            return None

    def end(self) -> None:
        """End it for good."""
        assert self.process is not None
        family = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for one in psutil.wait_procs(family, 5)[1]:
            one.kill()
        self._log.close()


def tried(home: Path, store: str | None, runs: int, seed: int, apart_s: float = 8.0) -> Report:
    """So many runs, and half as many kills at random moments; until every run has ended, or nothing moves any more.

    `apart_s`: within so many seconds after a run began again, the next process is killed.
    """
    random.seed(seed)
    home.mkdir(parents=True, exist_ok=True)
    service = Service(home, store)
    try:
        wanted = submit_many(service, runs, killing=True)
        opened = Store.of(Settings(home=home, store=store))
        try:
            report = _killed(service, opened, wanted, Watch(apart_s))
            _checked(service, opened, wanted, report)
        finally:
            opened.database.engine.dispose()
        return report
    finally:
        service.end()


def asked(service: Service, path: str, **content: Any) -> Any:
    """The answer of a request that is sent until it is answered, as a careful client does, each time under the same key."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            method = "POST" if "json" in content else "GET"
            answer = httpx2.request(method, f"http://127.0.0.1:{service.port}{path}", timeout=60, **content)
            if answer.status_code < 500:
                return answer.json()
        except httpx2.TransportError:
            pass
        if time.monotonic() > until:
            raise AssertionError(f"{path} is not answered")
        service.keep()
        time.sleep(0.1)


def submit_many(service: Service, runs: int, killing: bool = False) -> dict[str, float]:
    """Run id -> what its plan must cost: so many days of a tonne of tin at 100 USD. `killing`: the web is killed meanwhile."""
    asked(service, "/v1/instances", json=instance("killed", offers=[_OFFER]))
    wanted = {}
    for n in range(runs):
        if killing and n % 7 == 3 and service.process is not None:
            service.process.kill()
        days = 1 + n % 20
        run = {"kind": "solve", "instance": "killed", "changes": [f"instance.target_days={days}"], "audit": n % 3 == 0}
        answer = asked(service, "/v1/runs", json=run, headers={"Idempotency-Key": f"run-{n}"})
        wanted[answer["id"]] = 100.0 * days
    return wanted


_OFFER = {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 50}


def _killed(service: Service, store: Store, wanted: dict[str, float], watch: Watch) -> Report:
    report = Report()
    kills = max(5, len(wanted) // 2)
    moved, left = time.monotonic(), len(wanted)
    while left and time.monotonic() - moved < PATIENCE_S:
        service.keep()
        with store.database.read() as session:
            query = select(Run.id, Run.state, Run.attempt).where(Run.state.not_in(ENDED))
            open_ = [(run_id, state, attempt) for run_id, state, attempt in session.execute(query)]
        now = time.monotonic()
        moved, left = now if len(open_) < left else moved, len(open_)
        watch.look(open_, now)
        if watch.due(now) and sum(report.kills.values()) < kills:
            what = random.choice(("web", "worker", "worker", "solve", "solve"))
            process = service.victim(what)
            if process is not None:
                process.send_signal(signal.SIGKILL)
                report.kills[what] += 1
                watch.killed(now)
        time.sleep(0.05)
    report.longest_s = watch.longest_s
    return report


@dataclass
class Watch:
    """When to kill next, and how long runs that were killed took to begin again."""

    apart_s: float
    longest_s: float = 0.0
    _running: dict[str, int] = field(default_factory=dict)
    _since: dict[str, float] = field(default_factory=dict)
    _stale: dict[str, int] = field(default_factory=dict)
    _next: float | None = None

    def look(self, open_: list[tuple[str, str, int]], now: float) -> None:
        """Runs that have not ended: id, state, attempt. A kill comes within `apart_s` after one began."""
        running = {run_id: attempt for run_id, state, attempt in open_ if state == "running"}
        for run_id in self._since.keys() - {run_id for run_id, _, _ in open_}:
            self._since.pop(run_id)
        for run_id, attempt in running.items():
            if run_id in self._since and attempt > self._running.get(run_id, 0):
                self.longest_s = max(self.longest_s, now - self._since.pop(run_id))
        self._running |= running
        if self._next is None and any(attempt > self._stale.get(run_id, 0) for run_id, attempt in running.items()):
            self._next = now + random.uniform(0, self.apart_s)

    def due(self, now: float) -> bool:
        """Whether it is time."""
        return self._next is not None and now >= self._next

    def killed(self, now: float) -> None:
        """A process was: what was running then, begins again later or ends."""
        self._since |= dict.fromkeys(self._running, now)
        self._stale, self._next = dict(self._running), None


def _checked(service: Service, store: Store, wanted: dict[str, float], report: Report) -> None:
    """None lost, none twice, no wrong plan."""
    with store.database.read() as session:
        found = {run.id: run for run in session.scalars(select(Run))}
        ends = Counter(row.subject for row in session.scalars(select(Audit).where(Audit.action == "run.end")))
    report.states = Counter(run.state for run in found.values())
    if found.keys() != wanted.keys():
        report.wrong.append(f"{len(wanted)} were submitted, {len(found)} are there")
    for run_id, cost in wanted.items():
        run = found.get(run_id)
        if run is None:
            report.wrong.append(f"{run_id} is lost")
        elif run.state != "optimal" or ends[f"runs/{run_id}"] != 1:
            report.wrong.append(f"{run_id} is {run.state} ({run.reason}) and ended {ends[f'runs/{run_id}']} times")
        elif asked(service, f"/v1/plans/{run_id}/files/plan.json")["costs"]["total_usd"] != cost:
            report.wrong.append(f"{run_id} has a wrong plan")
