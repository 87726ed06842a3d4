"""The processes that solve: begun when they are needed, kept for the next question, killed where they do not end.

Each thread that solves has one to itself while it does. They end with this process, however it ends: what they read from is
closed then.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any

from orebook.solver.lp.messages import Question
from orebook.solver.parameters import DEFAULT_SOLVER


class Gone:
    """Said of a process that is no more."""


class SolverProcess:
    """One process that has a solver; `hear` what it says."""

    def __init__(self, backend: str = DEFAULT_SOLVER) -> None:
        self.backend = backend
        begin = f"from orebook.solver.lp.backend_process import main; main({backend!r})"
        code = f"import sys; sys.path[:] = {sys.path!r}; {begin}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1
        )
        self._said: SimpleQueue[Any] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def send(self, question: Question | str) -> None:
        """Ask it something, or tell it to stop; one that is gone does not hear it."""
        assert self._process.stdin is not None
        with suppress(OSError):
            pickle.dump(question, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def stop(self) -> None:
        """Have it end with what it has, as soon as it looks."""
        self.send("stop")

    def hear(self, seconds: float) -> Any:
        """The next that it says; `Gone`, once, where it is no more, None where it says nothing for so long."""
        try:
            said = self._said.get(timeout=seconds)
        except Empty:
            return None
        if isinstance(said, Gone):
            self.kill()  # what it said with is closed a moment before it is over
        return said

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                self._said.put(pickle.load(self._process.stdout))
        self._said.put(Gone())


_idle: list[SolverProcess] = []
_busy: set[SolverProcess] = set()
_forked: list[SolverProcess] = []
_lock = threading.Lock()


@contextmanager
def solver_process(backend: str = DEFAULT_SOLVER) -> Iterator[SolverProcess]:
    """A process to ask; it is kept where it is through with its question, and killed where whoever asked is not."""
    with _lock:
        found = next((at for at in reversed(_idle) if at.backend == backend), None)
        if found is None:
            found = SolverProcess(backend)
        else:
            _idle.remove(found)
        _busy.add(found)
    try:
        yield found
    except BaseException:
        found.kill()
        raise
    finally:
        with _lock:
            _busy.discard(found)
            if found.alive:
                _idle.append(found)


def warm_up(backend: str = DEFAULT_SOLVER) -> None:
    """Begin a process where none waits: it is ready by the time a model is built."""
    with _lock:
        if not any(at.backend == backend for at in _idle):
            _idle.append(SolverProcess(backend))


def _end() -> None:
    for found in (*_idle, *_busy):
        found.kill()
    _idle.clear()


def _forget() -> None:
    """In a fork: the processes are the parent's."""
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()
    _forked.extend((*_idle, *_busy))
    _idle.clear()
    _busy.clear()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
