"""Seconds in which HiGHS is at work for this process, in a process of its own, added up as they pass."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from orebook.solver.lp.child_process import Highs


@dataclass
class Inside:
    """Seconds with at least one `run` going on, whichever thread asked for it; what is sent there and back is in them."""

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
    """Time every run of HiGHS that this process asks for from now on."""
    inside, run = Inside(), Highs.run

    def timed_run(self: Highs, *asked: Any, **how: Any) -> None:
        inside.enter()
        try:
            run(self, *asked, **how)
        finally:
            inside.leave()

    Highs.run = timed_run  # type: ignore[method-assign]
    return inside
