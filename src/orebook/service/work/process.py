"""The worker's end of a run's process: begin it, hear it, ask it to stop, kill it with all that it started."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from typing import Any

from orebook.service.work.child import main
from orebook.service.work.task import Done, Task

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["orebook.service.work.warm_imports"])
_beginning = threading.Lock()


def warm_up() -> None:
    """Begin the process that others are forked from, which takes a second or two to read the library."""
    forkserver.ensure_running()


@dataclass
class Process:
    """A run that is being done. `kept` is a result that stands if nothing more comes; `done` how it ended.

    `best` are the texts of the best plan so far; whoever stores them takes them away.
    """

    progress: dict[str, Any] = field(default_factory=dict)
    kept: Done | None = None
    best: dict[str, str] | None = None
    done: Done | None = None
    trace: str = ""

    def begin(self, task: Task) -> Process:
        """Start it: a fork of a process that has read the library and never solved."""
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=main, args=(task, theirs), daemon=False)
        with _beginning:
            self._process.start()
        theirs.close()
        return self

    def hear(self, seconds: float) -> bool:
        """Take what it says for so long; False once it has ended."""
        try:
            if not self._pipe.poll(seconds):
                return self._process.is_alive()
            while self._pipe.poll(0):
                self._take(*self._pipe.recv())
        except (EOFError, OSError):
            return False
        return self.done is None

    def stop(self) -> None:
        """Ask it to end with the best that it has."""
        with suppress(OSError):
            self._pipe.send("stop")

    def kill(self) -> None:
        """End it at once, and everything that it started."""
        if not hasattr(self, "_process"):
            return  # it never began
        pid = self._process.pid
        if pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()
        self._process.join(5)
        self._pipe.close()

    @property
    def exitcode(self) -> int | None:
        """How its process ended; negative: by that signal."""
        self._process.join(1)
        return self._process.exitcode

    def _take(self, kind: str, content: Any) -> None:
        if kind == "progress":
            self.progress = content
        elif kind == "kept":
            self.kept = content
        elif kind == "best":
            self.best = content
        elif kind == "trace":
            self.trace = content
        else:
            self.done = content
