"""Seconds in which a solver is at work for this process, in a process of its own, added up as they pass."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from orebook.solver.lp import child_process, solver
from orebook.solver.lp.messages import Answer


@dataclass
class Inside:
    """Seconds with at least one solve going on, whichever thread asked for it; what is sent there and back is in them."""

    seconds: float = 0.0
    _running: int = 0
    _began: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> None:
        """A run begins."""
        with self._lock:
            if self._running == 0:
                self._began = time.perf_counter()
            self._running += 1

    def leave(self) -> None:
        """A run ends."""
        with self._lock:
            self._running -= 1
            if self._running == 0:
                self.seconds += time.perf_counter() - self._began


def timed() -> Inside:
    """Time every solve that this process asks for from now on."""
    inside, answered = Inside(), child_process.answered

    def timed_answer(*asked: Any, **how: Any) -> Answer:
        inside.enter()
        try:
            return answered(*asked, **how)
        finally:
            inside.leave()

    setattr(solver, "answered", timed_answer)  # noqa: B010 - a plain assignment is no method of the module to mypy
    return inside
