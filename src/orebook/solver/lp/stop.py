"""Stopping a run: the first Ctrl-C asks for the best plan so far, the second quits."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass
class Stop:
    """A flag that the solver looks at several times a second.

    `asked`: set to True, from any thread, it ends the run that was given it: with the best plan so far, else one that
      needs no solver, else StoppedError. A stop that was asked stays asked: give every run one of its own.

        >>> import threading, orebook
        >>> stop = orebook.Stop()
        >>> timer = threading.Timer(60, setattr, (stop, "asked", True))
        >>> timer.start()
        >>> orebook.solve("teaching/budget", audit=False, stop=stop).status
        'optimal'
        >>> timer.cancel()
    """

    asked: bool = False
    _seen: float | None = None

    @property
    def seconds(self) -> float:
        """Since it was first seen to be asked; 0 where it is not."""
        if not self.asked:
            return 0.0
        now = time.perf_counter()
        self._seen = now if self._seen is None else self._seen
        return now - self._seen


@contextmanager
def on_interrupt(stop: Stop) -> Iterator[None]:
    """While inside, Ctrl-C sets `stop.asked`; a second one restores the usual handling and raises."""

    def handle(_signal: int, _frame: FrameType | None) -> None:
        if stop.asked:
            signal.signal(signal.SIGINT, before)
            raise KeyboardInterrupt
        stop.asked = True
        # Not print: the signal may come in the middle of one, which may not be entered twice.
        os.write(2, b"stopping with the best plan so far; Ctrl-C again quits\n")

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
