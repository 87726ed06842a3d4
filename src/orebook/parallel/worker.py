"""What one process works with: begun once for a list of tasks, and asked for one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Work = Callable[[Any], Any]
"""Does a task."""
Begin = Callable[..., Work]
"""From what a worker is sent, once, to what does its tasks; the state that they share stays in there."""


class Worker:
    """A process's end of a list of tasks; what the list needs is kept in here from its beginning on."""

    def __init__(self) -> None:
        self.alone = threading.Lock()
        """Held for a task: the modelling library is not safe to use from two threads."""
        self._work: Work | None = None
        self._list: str | None = None

    def begin(self, begin: Begin, state: tuple[Any, ...], of: str = "") -> None:
        """Make ready for the list of that name; nothing is done where it is already."""
        if self._list != of:
            self._work, self._list = begin(*state), of

    def do(self, task: Any) -> Any:
        """Do a task of the list that was begun."""
        assert self._work is not None
        return self._work(task)


THIS = Worker()
"""That of this process."""
