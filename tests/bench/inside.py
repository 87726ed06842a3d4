"""Seconds of this process in which HiGHS is at work, added up as they pass."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import highspy


@dataclass
class Inside:
    """Seconds with at least one `run` going on, whichever thread it is in; those of other processes are not seen."""

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
    """Time every run of HiGHS in this process from now on."""
    inside, run = Inside(), highspy.Highs.run

    def timed_run(self: Any) -> Any:
        inside.enter()
        try:
            return run(self)
        finally:
            inside.leave()

    highspy.Highs.run = timed_run
    return inside
