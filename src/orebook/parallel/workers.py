"""Work shared out: tasks go in, answers come as they are ready, and a worker that dies loses nothing.

`Processes` is the way on one machine. A task in flight when its process dies is done again by a fresh one; after `MAX_TRIES`
deaths it is given up and comes back as `Lost`, and the rest goes on. Processes are started afresh: a fork of a process
that has solved may hang. Each is a pool of its own: one that dies takes nobody else's task along, and none is started in
a pool that is just being taken down.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

from orebook.collector import own_process
from orebook.parallel.worker import THIS, Begin, Work

MAX_TRIES = 3
"""Deaths of a process after which its task is not tried again."""

WAIT_S = 0.5

NEVER_BEGAN = (
    "no process lived long enough to answer; a script that calls for several workers does so under "
    'if __name__ == "__main__":, as each of them reads the script first'
)


@dataclass(frozen=True)
class Lost:
    """In the place of an answer: why there is none."""

    why: str


class Workers(Protocol):
    """Who does tasks. A task is hashable and, like its answer, can be sent to another process."""

    def submit(self, task: Hashable) -> None:
        """Have a task done."""

    def as_completed(self, until: Callable[[], bool]) -> Iterator[tuple[Any, Any]]:
        """(task, answer) of every task submitted, as they are ready; `Lost` for one whose worker kept dying.

        Ends early once `until` is true.
        """

    def cancel(self) -> None:
        """Begin no other task; what is in flight is left to itself."""


class Processes:
    """Workers that are processes of this machine; `begin(*state)` makes the work of each, once, before its first task."""

    def __init__(self, begin: Begin, count: int, state: tuple[Any, ...] = ()) -> None:
        self._count, self._begin = count, (begin, state)
        self._waiting: deque[Any] = deque()
        self._deaths: Counter[Any] = Counter()
        self._answered = False
        self._flying: dict[Future[Any], tuple[Any, ProcessPoolExecutor]] = {}
        self._idle: list[ProcessPoolExecutor] = []

    def submit(self, task: Hashable) -> None:
        """Have a task done."""
        self._waiting.append(task)

    def as_completed(self, until: Callable[[], bool]) -> Iterator[tuple[Any, Any]]:
        """(task, answer) of every task submitted, as they are ready, until `until` is true.

        What is in flight then is killed.
        """
        try:
            while (self._waiting or self._flying) and not until():
                self._take_off()
                done, _ = wait(self._flying, timeout=WAIT_S, return_when=FIRST_COMPLETED)
                yield from self._landed(done)
        finally:
            self._close()

    def cancel(self) -> None:
        """Begin no other task."""
        self._waiting.clear()

    def _take_off(self) -> None:
        """No more in flight than there are processes."""
        while self._waiting and len(self._flying) < self._count:
            pool = self._idle.pop() if self._idle else self._fresh()
            try:
                future = pool.submit(_done, self._waiting[0])
            except BrokenProcessPool:  # it died with nothing to do
                _left(pool)
            else:
                self._flying[future] = self._waiting.popleft(), pool

    def _fresh(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(1, context, initializer=_begun, initargs=self._begin)

    def _landed(self, done: set[Future[Any]]) -> Iterator[tuple[Any, Any]]:
        for future in done:
            task, pool = self._flying.pop(future)
            self._idle.append(pool)
            try:
                answer = future.result()
            except BrokenProcessPool:
                self._idle.remove(pool)
                _left(pool)
                yield from self._died(task)
            else:
                self._answered = True
                yield task, answer
        yield from self._never_begun()

    def _died(self, task: Any) -> Iterator[tuple[Any, Any]]:
        self._deaths[task] += 1
        if self._deaths[task] < MAX_TRIES:
            self._waiting.appendleft(task)
        else:
            yield task, Lost(f"the process that did it died {MAX_TRIES} times")

    def _never_begun(self) -> Iterator[tuple[Any, Any]]:
        """All that is left, as lost, where several tasks were given up and none was ever answered."""
        if self._answered or sum(n >= MAX_TRIES for n in self._deaths.values()) < MAX_TRIES:
            return
        rest = (*(task for task, _ in self._flying.values()), *self._waiting)
        self._close()
        self._waiting.clear()
        yield from ((task, Lost(NEVER_BEGAN)) for task in rest)

    def _close(self) -> None:
        """Let idle processes go, and kill those in the middle of a task: nobody waits for it any more."""
        for _, pool in self._flying.values():
            for process in list((pool._processes or {}).values()):
                process.kill()
        for pool in (*self._idle, *(pool for _, pool in self._flying.values())):
            _left(pool)
        self._idle.clear()
        self._flying.clear()


class Threads:
    """Workers that are threads of this process: for work that waits outside Python, such as a solve."""

    def __init__(self, work: Work, count: int) -> None:
        self._work, self._pool = work, ThreadPoolExecutor(count)
        self._flying: dict[Future[Any], Any] = {}

    def submit(self, task: Hashable) -> None:
        """Have a task done."""
        self._flying[self._pool.submit(self._work, task)] = task

    def as_completed(self, until: Callable[[], bool]) -> Iterator[tuple[Any, Any]]:
        """(task, answer) of every task submitted, as they are ready, until `until` is true; what is in flight ends first."""
        try:
            while self._flying and not until():
                done, _ = wait(self._flying, timeout=WAIT_S, return_when=FIRST_COMPLETED)
                for future in done:
                    yield self._flying.pop(future), future.result()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def cancel(self) -> None:
        """Begin no other task."""
        for future in [f for f in self._flying if f.cancel()]:
            del self._flying[future]


class Here:
    """No workers: each task is done in this process, when its answer is asked for."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._waiting: deque[Any] = deque()

    def submit(self, task: Hashable) -> None:
        """Have a task done."""
        self._waiting.append(task)

    def as_completed(self, until: Callable[[], bool]) -> Iterator[tuple[Any, Any]]:
        """(task, answer) of every task submitted, in their order, until `until` is true."""
        while self._waiting and not until():
            task = self._waiting.popleft()
            yield task, self._work(task)

    def cancel(self) -> None:
        """Begin no other task."""
        self._waiting.clear()


def _begun(begin: Begin, state: tuple[Any, ...]) -> None:
    own_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and takes what is done
    THIS.begin(begin, state)


def _done(task: Any) -> Any:
    return THIS.do(task)


def _left(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=False, cancel_futures=True)
