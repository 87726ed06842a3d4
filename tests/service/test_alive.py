"""Slow is not dead: which runs are lost, which are not, and what a run that begins again has left of the first try."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from orebook.service.processes.reaper import DIED, Reaper
from orebook.service.runs.run_requests import SolveRequest
from orebook.service.settings import Settings
from orebook.service.store import instances, runs
from orebook.service.store.alive import Alive
from orebook.service.store.queue import Queue
from orebook.service.store.runs import RunSpec
from orebook.service.store.store import Store
from orebook.service.store.tables import Run
from orebook.service.work.solve import begun
from orebook.service.work.supervise import Supervisor
from orebook.service.work.task import Task
from tests.builders import make_problem
from tests.patience import PATIENCE_S
from tests.service.running import ended, serving, submitted, working
from tests.service.test_limits import _hard, _proving, _until

HOLD = """
import sys, time
from pathlib import Path
from orebook.service.store.alive import Alive
held = Alive(Path(sys.argv[1])).hold(sys.argv[2])
print("held", flush=True)
time.sleep(1000)
"""


@contextmanager
def living(folder: Path, worker: str) -> Iterator[subprocess.Popen[str]]:
    """A process that shows that the worker lives."""
    command = [sys.executable, "-c", HOLD, str(folder), worker]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a store of its own."""
    return Settings(home=tmp_path, lost_s=10, tries=3)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """With one instance."""
    opened = Store.of(settings)
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The reaper's clock, in seconds."""
    seconds = [0.0]
    monkeypatch.setattr("orebook.service.processes.reaper.time", SimpleNamespace(monotonic=lambda: seconds[0]))
    return seconds


def taken(store: Store, worker: str) -> Run:
    """A run that the worker has."""
    with store.database.write() as session:
        runs.submit(session, RunSpec("solve", "case", 1, None, {"kind": "solve"}, 60.0), "test")
    with store.database.write() as session:
        run = runs.take(session, worker)
    assert run is not None
    return run


def state_of(store: Store, run: Run) -> tuple[str, int, str]:
    """(state, losses, reason)."""
    with store.database.read() as session:
        now = session.get_one(Run, run.id)
        return now.state, now.losses, now.reason


def test_a_lock_tells_the_living_from_the_dead(tmp_path: Path) -> None:
    """Held: alive; its process killed: dead; of a worker that ended well, or elsewhere, nothing is known."""
    alive = Alive(tmp_path)
    assert (alive.look("nobody"), alive.dead()) == ("unknown", frozenset())
    with living(tmp_path, "w1") as process:
        assert (alive.look("w1"), alive.dead()) == ("alive", frozenset())
        process.kill()
        process.wait()
        assert (alive.look("w1"), alive.dead()) == ("dead", frozenset({"w1"}))
    alive.forget("w1")
    hold = alive.hold("w2")
    assert alive.look("w2") == "alive"
    hold.release()
    assert alive.look("w2") == "unknown"
    (tmp_path / "w3").write_text("another kernel")
    assert (alive.look("w3"), alive.dead()) == ("unknown", frozenset())


def test_who_lives_is_not_lost_however_long_it_is_silent(store: Store, settings: Settings, clock: list[float]) -> None:
    """An hour without a beat: the run stays with it. Killed, it is lost at the next look, and that is a try less."""
    reaper = Reaper(store, Queue(settings), settings)
    with living(settings.home / "alive", "w1") as process:
        run = taken(store, "w1:thread")
        for clock[0] in (0.0, 2.0, 60.0, 3600.0):
            assert reaper.look() == 0
        process.kill()
        process.wait()
        assert reaper.look() == 1
    assert state_of(store, run) == ("queued", 1, f"{DIED}; begins again")
    assert store.alive.dead() == frozenset()


def test_three_deaths_that_were_seen_fail_a_run(store: Store, settings: Settings) -> None:
    """And two do not."""
    reaper = Reaper(store, Queue(settings), settings)
    run = taken(store, "w0:thread")
    for n in (1, 2, 3):
        with living(settings.home / "alive", f"w{n}") as process, store.database.write() as session:
            now = session.get_one(Run, run.id)
            now.state, now.worker = "running", f"w{n}:thread"
            process.kill()
            process.wait()
        assert reaper.look() == 1
        assert state_of(store, run)[0] == ("failed" if n == 3 else "queued")
    assert state_of(store, run)[2] == f"{DIED}, 3 times"


def test_silence_in_which_nobody_reached_the_store_does_not_count(
    store: Store, settings: Settings, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks waited for the lock itself, or was paused: the worker elsewhere has its time from then on."""
    reaper = Reaper(store, Queue(settings), settings)
    run = taken(store, "elsewhere:thread")
    for clock[0] in (0.0, 4.0, 8.0):
        assert reaper.look() == 0
    clock[0] = 30.0  # paused for 22 s
    assert reaper.look() == 0
    still = runs.silent

    def waited(*asked: object) -> bool:
        clock[0] += 20  # for a lock that somebody holds
        return still(*asked)  # type: ignore[arg-type]

    with monkeypatch.context() as locked:
        locked.setattr("orebook.service.processes.reaper.runs.silent", waited)
        for clock[0] in (34.0, 38.0, 41.0):
            assert reaper.look() == 0
    assert clock[0] == 61.0
    for clock[0] in (63.0, 67.0, 71.0):
        assert reaper.look() == 0
    clock[0] = 71.5
    assert reaper.look() == 1
    assert state_of(store, run)[:2] == ("queued", 0)


def test_a_beat_that_came_while_the_lock_was_waited_for_counts(store: Store, settings: Settings) -> None:
    """Read again with the lock in hand: the run is no longer as it was seen."""
    run = taken(store, "elsewhere:thread")
    with store.database.write() as session:
        assert runs.silent(session, run)
    with store.database.write() as session:
        runs.beat(session, run, {})
    with store.database.write() as session:
        assert not runs.silent(session, run)


@pytest.mark.slow
def test_a_store_that_is_locked_costs_no_run(tmp_path: Path) -> None:
    """Somebody holds the database three times, longer than a writer waits: the same attempt goes on, no loss is counted."""
    told = {"busy_s": 0.3, "lost_s": 1.0, "beat_s": 0.1}
    with serving(tmp_path, **told) as client, working(tmp_path, **told):
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        _until(client, run_id, _proving)
        holder = sqlite3.connect(tmp_path / "orebook.db", isolation_level=None, timeout=PATIENCE_S)
        for _ in range(3):
            holder.execute("BEGIN IMMEDIATE")
            time.sleep(2.0)
            holder.execute("ROLLBACK")
            time.sleep(0.5)
        store = client.app.state.context.store  # type: ignore[attr-defined]
        with store.database.read() as session:
            run = session.get_one(Run, run_id)
            assert (run.state, run.attempt, run.losses) == ("running", 1, 0)
        client.post(f"/v1/runs/{run_id}/stop")
        assert ended(client, run_id)["state"] == "feasible"


def test_beats_come_while_a_process_begins(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the library takes as long as it takes: the run shows meanwhile that its worker lives."""
    run = taken(store, "here:thread")
    supervisor = Supervisor(store, Settings(home=settings.home, beat_s=0.01), run, Event())

    def begins(_task: object) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with store.database.read() as session:
                if session.get_one(Run, run.id).beat >= 3:
                    raise RuntimeError("enough")
            time.sleep(0.01)

    monkeypatch.setattr(supervisor._process, "begin", begins)
    supervisor.work()
    assert state_of(store, run) == ("queued", 1, "an error of orebook's own, please report it; begins again")


def test_the_end_of_a_run_waits_for_the_store(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when it is to be written, and has room later: written then, once, by the same attempt."""
    monkeypatch.setattr("orebook.service.work.supervise.AGAIN_S", 0.01)
    run = taken(store, "here:thread")
    supervisor = Supervisor(store, settings, run, Event())
    write, failed = supervisor._write, list[int]()

    def full(ended: object) -> bool:
        if len(failed) < 3:
            failed.append(1)
            raise OSError("No space left on device")
        return write(ended)  # type: ignore[arg-type]

    monkeypatch.setattr(supervisor, "_write", full)
    working_ = Thread(target=supervisor.work)
    working_.start()
    working_.join(PATIENCE_S)
    assert (len(failed), state_of(store, run)[0]) == (3, "optimal")


def test_a_best_plan_that_cannot_be_read_is_left() -> None:
    """Another orebook wrote it otherwise: the run begins from nothing."""
    assert (
        begun(Task("run", SolveRequest(), "{}", best={"plan.json": "{}", "instance.json": "{}", "model.json": "{}"}))
        is None
    )
