"""Workers on other machines: the same work, sent to a dask.distributed scheduler.

What every worker needs to begin is sent once and kept by the scheduler. dask does a task again whose worker died, and
gives it up after as many deaths as its `allowed-failures` says; one task at a time is done in a process.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from orebook.errors import SolveError
from orebook.parallel.worker import THIS, Begin
from orebook.parallel.workers import WAIT_S, Lost


class Cluster:
    """Workers of a scheduler at an address such as `tcp://10.0.0.1:8786`; `begin(*state)` makes each process's work, once."""

    def __init__(self, address: str, begin: Begin, state: tuple[Any, ...]) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise SolveError("a cluster needs dask.distributed: pip install 'orebook[cluster]'") from error
        try:
            self._client = Client(address, timeout=10)
        except OSError as error:
            raise SolveError(f"no scheduler answers at {address}: {error}") from error
        self._begin, self._list = begin, uuid.uuid4().hex
        self._state = self._client.submit(_same, state, pure=False)  # a task, so that it is made again where it is lost
        self._flying: dict[Any, Any] = {}

    def submit(self, task: Hashable) -> None:
        """Have a task done."""
        future = self._client.submit(_there, self._list, self._begin, self._state, task, pure=False)
        self._flying[future] = task

    def as_completed(self, until: Callable[[], bool]) -> Iterator[tuple[Any, Any]]:
        """(task, answer) of every task submitted, as they are ready, until `until` is true."""
        try:
            while self._flying and not until():
                done = [future for future in self._flying if future.done()]
                for future in done:
                    yield self._flying.pop(future), _answer(future)
                if not done:
                    time.sleep(WAIT_S / 5)
        finally:
            self._client.cancel(list(self._flying))
            self._client.close()

    def cancel(self) -> None:
        """Begin no other task."""
        waiting = [future for future in self._flying if future.status == "pending"]
        self._client.cancel(waiting)
        for future in waiting:
            del self._flying[future]


def _answer(future: Any) -> Any:
    """What a task came to; `Lost` with the reason where it failed, or its worker died too often."""
    error = future.exception()
    return future.result() if error is None else Lost(f"{type(error).__name__}: {error}")


def _same(state: tuple[Any, ...]) -> tuple[Any, ...]:
    return state


def _there(of: str, begin: Begin, state: tuple[Any, ...], task: Any) -> Any:
    """A task in a worker's process, begun for its list where it was not."""
    with THIS.alone:
        THIS.begin(begin, state, of)
        return THIS.do(task)
