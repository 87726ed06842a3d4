"""What a run may take: time, memory, tries; and how it is stopped."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import psutil
import pytest
from fastapi.testclient import TestClient

from orebook.files.instances import read
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.tables import Run
from orebook.service.work.supervise import Supervisor
from orebook.service.work.task_from_run import task_of
from tests.cli import hard
from tests.patience import PATIENCE_S
from tests.service.running import QUICK, Json, created, ended, serving, submitted, working

MOST_NICE = 19


def _hard(client: TestClient, folder: Path) -> str:
    """An instance whose first plan is there at once and whose proof takes hours."""
    problem = read(hard.write(folder / "hard"))
    answer = client.post("/v1/instances", json=problem.document.model_dump(mode="json", exclude_none=True))
    return str(answer.json()["id"])


def _until(client: TestClient, run_id: str, is_so: Callable[[Json], bool]) -> Json:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        run: Json = client.get(f"/v1/runs/{run_id}").json()
        if is_so(run):
            return run
        assert run["state"] in ("queued", "running"), run
        time.sleep(0.1)
    raise AssertionError(run)


def _proving(run: Json) -> bool:
    """It has a plan and is after the proof of its cost."""
    return bool(run["progress"].get("stage") == "cost" and run["progress"]["stages"][-1]["incumbent"])


def _solver(worker: int, is_over: Callable[[], bool] = lambda: False) -> psutil.Process:
    """The process in which a worker has its run solved; raises NoSuchProcess once there will be none."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for child in psutil.Process(worker).children(recursive=True):
            with suppress(ProcessLookupError, psutil.NoSuchProcess):
                if os.getpgid(child.pid) == child.pid and child.status() != psutil.STATUS_ZOMBIE:
                    return child
        if is_over():
            raise psutil.NoSuchProcess(worker)
        time.sleep(0.05)
    raise AssertionError("nothing is being solved")


def test_stopped_a_run_keeps_its_best_plan(tmp_path: Path) -> None:
    """`stop` while the cost is being proven: feasible, with every file of a plan; `cancel`: cancelled, with none."""
    with serving(tmp_path) as client, working(tmp_path, workers=2):
        name = _hard(client, tmp_path)
        first, second = (submitted(client, kind="solve", instance=name, gap=0.0) for _ in range(2))
        for run_id, how in ((first, "stop"), (second, "cancel")):
            _until(client, run_id, _proving)
            assert client.post(f"/v1/runs/{run_id}/{how}").status_code == 202
        stopped, cancelled = ended(client, first), ended(client, second)
        assert (stopped["state"], cancelled["state"], cancelled["files"]) == ("feasible", "cancelled", [])
        assert "plan.json" in stopped["files"]
        assert client.post(f"/v1/runs/{first}/stop").status_code == 409


def test_a_run_that_never_began_is_cancelled(tmp_path: Path) -> None:
    """Stopped or cancelled while it waits: cancelled at once, with the reason."""
    with serving(tmp_path) as client:
        for how in ("stop", "cancel"):
            run_id = submitted(client, kind="solve", instance="vault-small")
            run = client.post(f"/v1/runs/{run_id}/{how}").json()
            assert (run["state"], "before it began" in run["reason"]) == ("cancelled", True)


def test_at_its_limit_a_run_ends_with_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is over, by its worker's clock, once it has a plan and is after a proof of hours: feasible, with its plan."""
    with serving(tmp_path) as client:
        store = client.app.state.context.store  # type: ignore[attr-defined]
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        with store.database.write() as session:
            taken = runs.take(session, "here")
        assert taken is not None
        supervisor = Supervisor(store, Settings(home=tmp_path, **QUICK), taken, Event())

        def seconds() -> float:
            return taken.wall_s + 1 if _proving({"progress": supervisor._process.progress}) else 0.0

        monkeypatch.setattr("orebook.service.work.supervise.time", SimpleNamespace(monotonic=seconds))
        supervisor.work()
        run = client.get(f"/v1/runs/{run_id}").json()
    assert (run["state"], "plan.json" in run["files"]) == ("feasible", True)


def test_a_solve_gives_way(tmp_path: Path) -> None:
    """Its process is nicer than its worker, that than the web process, as far as there is any nicer."""
    with serving(tmp_path) as client, working(tmp_path) as worker:
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        solver, own = _solver(worker.pid), psutil.Process().nice()
        nice = (psutil.Process(worker.pid).nice(), solver.nice())
        assert nice == (min(own + 5, MOST_NICE), min(own + 15, MOST_NICE))
        assert os.getsid(solver.pid) == os.getsid(worker.pid), "niceness counts within a session only"
        client.post(f"/v1/runs/{run_id}/cancel")
        assert ended(client, run_id)["state"] == "cancelled"


def test_a_solve_that_hangs_is_killed(tmp_path: Path) -> None:
    """Its process does not move any more, nor ends by itself: failed, with its limit as the reason."""
    with serving(tmp_path, wall_s=10) as client, working(tmp_path) as worker:
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        with suppress(psutil.NoSuchProcess):  # too slow to begin: killed for its limit, too
            _solver(worker.pid, lambda: client.get(f"/v1/runs/{run_id}").json()["state"] == "failed").send_signal(
                signal.SIGSTOP
            )
        run = ended(client, run_id)
    assert (run["state"], run["reason"]) == ("failed", "did not end within its 10 s and was killed")


def test_a_solve_without_memory_fails_and_says_so(tmp_path: Path) -> None:
    """128 MB of address space are less than the libraries alone take."""
    with serving(tmp_path) as client, working(tmp_path, memory_mb=128):
        run = ended(client, submitted(client, kind="solve", instance=created(client, "small")))
    assert run["state"] == "failed"
    assert "128 MB" in run["reason"]


def test_a_process_killed_again_and_again_is_given_up(tmp_path: Path) -> None:
    """Three times: failed, and the reason counts them. Its worker is never taken for lost, however slow the machine."""
    with serving(tmp_path, lost_s=600) as client, working(tmp_path, lost_s=600) as worker:
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        for attempt in (1, 2, 3):
            _until(client, run_id, lambda run, attempt=attempt: run["attempt"] == attempt and run["state"] == "running")  # type: ignore[misc]
            _solver(worker.pid).kill()
        run = ended(client, run_id)
    assert (run["state"], run["reason"], run["attempt"]) == ("failed", "the process that did it was killed, 3 times", 3)


def test_a_worker_that_goes_gives_its_run_back(tmp_path: Path) -> None:
    """Ended properly, it queues the run again at once, no try is counted, and the next worker goes on from its last plan."""
    with serving(tmp_path, lost_s=600) as client:
        run_id = submitted(client, kind="solve", instance=_hard(client, tmp_path), gap=0.0)
        with working(tmp_path, lost_s=600):
            _until(client, run_id, _proving)
        run = client.get(f"/v1/runs/{run_id}").json()
        assert (run["state"], run["reason"]) == ("queued", "its worker was shut down; waits for another")
        context = client.app.state.context  # type: ignore[attr-defined]
        with context.store.database.read() as session:
            best = task_of(context.store, session.get_one(Run, run_id), context.settings).best
        assert best is not None
        assert '"stage": "cover"' in best["plan.json"]
        with working(tmp_path, lost_s=600):
            _until(client, run_id, lambda run: run["attempt"] == 2 and _proving(run))
            client.post(f"/v1/runs/{run_id}/stop")
            assert ended(client, run_id)["state"] == "feasible"
