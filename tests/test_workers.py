"""Workers that are killed lose nothing, and one that kills every worker is given up alone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil

from orebook.parallel.worker import Worker
from orebook.parallel.workers import NEVER_BEGAN, Here, Lost, Processes, Threads
from tests.patience import PATIENCE_S


def _begin(folder: str) -> Callable[[str], str]:
    return partial(_work, Path(folder))


def _work(folder: Path, task: str) -> str:
    """Doubles a text; `once` kills its own process the first time, `always` every time."""
    marker = folder / task
    if task == "always" or (task == "once" and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task * 2


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    """Its task is done again, the others are done, and a task that always kills its worker comes back as lost."""
    ways = Processes(_begin, 2, (str(tmp_path),))
    tasks = ["a", "once", "b", "always", "c", "d"]
    for task in tasks:
        ways.submit(task)
    answers = dict(ways.as_completed(lambda: False))
    assert isinstance(answers.pop("always"), Lost)
    assert answers == {task: task * 2 for task in tasks if task != "always"}


def _slow(task: int) -> int:
    time.sleep(0.05)
    return task


def _begin_slow() -> Callable[[int], int]:
    return _slow


def test_it_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """After `until` is true no other task is begun, in this process, in threads or in other processes."""
    for ways in (Here(_slow), Threads(_slow, 2), Processes(_begin_slow, 2)):
        for task in range(100):
            ways.submit(task)
        found: list[int] = []
        for task, _ in ways.as_completed(lambda found=found: len(found) >= 5):  # type: ignore[misc]
            found.append(task)
        assert 5 <= len(found) < 20


def _begin_endless(folder: str) -> Callable[[str], str]:
    return partial(_endless, Path(folder))


def _endless(folder: Path, task: str) -> str:
    (folder / task).write_text(str(os.getpid()))
    time.sleep(3600)
    return task


def test_what_is_in_flight_at_the_end_is_killed(tmp_path: Path) -> None:
    """Two tasks that take an hour: once both are begun and nobody waits any more, their processes are gone."""
    ways = Processes(_begin_endless, 2, (str(tmp_path),))
    files = [tmp_path / task for task in ("a", "b")]
    for file in files:
        ways.submit(file.name)
    assert not list(ways.as_completed(lambda: all(file.is_file() and file.read_text() for file in files)))
    there = []
    for file in files:
        with suppress(psutil.NoSuchProcess):  # gone already
            there.append(psutil.Process(int(file.read_text())))
    assert not psutil.wait_procs(there, timeout=PATIENCE_S)[1]


def test_cancel_leaves_what_has_not_begun(tmp_path: Path) -> None:
    """What is in flight comes back; the rest does not."""
    ways = Processes(_begin_slow, 2)
    for task in range(50):
        ways.submit(task)
    found = []
    for task, _ in ways.as_completed(lambda: False):
        found.append(task)
        ways.cancel()
    assert 1 <= len(found) <= 3


def _never(_folder: str) -> Callable[[str], str]:
    os._exit(1)


def test_processes_that_cannot_begin_are_given_up_at_once(tmp_path: Path) -> None:
    """After a few tasks, not one by one: all come back as lost, each once, with what is probably wrong."""
    ways = Processes(_never, 2, (str(tmp_path),))
    tasks = [f"t{k}" for k in range(40)]
    for task in tasks:
        ways.submit(task)
    answers = list(ways.as_completed(lambda: False))
    assert sorted(task for task, _ in answers) == sorted(tasks)
    assert [answer.why for _, answer in answers].count(NEVER_BEGAN) >= len(tasks) - 4


def _begin_count(counts: dict[str, int], name: str) -> Callable[[str], str]:
    counts[name] = counts.get(name, 0) + 1
    return lambda task: f"{name} {task}"


def test_a_worker_begins_once_for_each_list() -> None:
    """Two lists that take turns in a process: each list's tasks are done by its own work, begun when the list changes."""
    worker, counts = Worker(), dict[str, int]()
    done = []
    for name in ("a", "a", "b", "b", "a"):
        worker.begin(_begin_count, (counts, name), name)
        done.append(worker.do("x"))
    assert done == ["a x", "a x", "b x", "b x", "a x"]
    assert counts == {"a": 2, "b": 1}


def _begin_tally() -> Callable[[int], int]:
    tasks = list[int]()

    def tally(task: int) -> int:
        tasks.append(task)
        return len(tasks)

    return tally


def test_a_process_keeps_what_it_began_with() -> None:
    """One process: each answer counts the tasks before it, so that all were done with the same state."""
    ways = Processes(_begin_tally, 1)
    for task in (7, 8, 9):
        ways.submit(task)
    assert list(ways.as_completed(lambda: False)) == [(7, 1), (8, 2), (9, 3)]
