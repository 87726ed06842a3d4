"""Workers on other machines: the same work, sent to a dask.distributed scheduler.

What every worker needs to begin is sent once and kept by the scheduler. dask does a task again whose worker died, and
gives it up after as many deaths as its `allowed-failures` says; one task at a time is done in a process, as the modelling
library is not safe to use from two threads.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from orebook.errors import SolveError
from orebook.parallel.workers import WAIT_S, Lost


class Cluster:
    """Workers of a scheduler at an address such as `tcp://10.0.0.1:8786`; `begin(*with_)` is called once in each process."""

    def __init__(
        self, address: str, work: Callable[[Any], Any], begin: Callable[..., None], with_: tuple[Any, ...]
    ) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise SolveError("a cluster needs dask.distributed: pip install 'orebook[cluster]'") from error
        try:
            self._client = Client(address, timeout=10)
        except OSError as error:
            raise SolveError(f"no scheduler answers at {address}: {error}") from error
        self._work, self._begin, self._token = work, begin, uuid.uuid4().hex
        self._with = self._client.submit(_same, with_, pure=False)  # a task, so that it is made again where it is lost
        self._flying: dict[Any, Any] = {}

    def submit(self, task: Hashable) -> None:
        """Have a task done."""
        future = self._client.submit(_there, self._work, self._begin, self._with, self._token, task, pure=False)
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


def _same(with_: tuple[Any, ...]) -> tuple[Any, ...]:
    return with_


_ALONE = threading.Lock()
_begun_for = ""


def _there(
    work: Callable[[Any], Any], begin: Callable[..., None], with_: tuple[Any, ...], token: str, task: Any
) -> Any:
    """A task in a worker's process, begun for its list where it was not."""
    global _begun_for  # noqa: PLW0603 - a process has begun for one list
    with _ALONE:
        if _begun_for != token:
            begin(*with_)
            _begun_for = token
        return work(task)
