"""What strangers bring is read in a process of its own, with limits on its seconds, memory and time.

Whatever it is, it takes no more than that, stops no other request, and ends with the service. So many at once are read, some
more wait, and who comes on top is told to come again.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar, cast

from orebook.errors import InputError
from orebook.service.errors import BusyError, RefusedError, too_large
from orebook.service.settings import MIB, Settings

AT_ONCE, WAITING = max(2, os.cpu_count() or 2), 8
WALL, BESIDE_S = 6.0, 60.0
"""Times its seconds of CPU that it may take in all, and seconds besides, on a machine that others use."""
WAIT_S = 20.0
NICE = 3

P = ParamSpec("P")
R = TypeVar("R")
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["__main__", "orebook.service.runs.uploads", "orebook.service.runs.submit"])
_beginning = threading.Lock()
_places, _waiting = threading.BoundedSemaphore(AT_ONCE), threading.BoundedSemaphore(WAITING)


def warm_up() -> None:
    """Begin the process that others are forked from; it reads the library once."""
    forkserver.ensure_running()


def aside(settings: Settings, function: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
    """What a function of a module gives, called in such a process.

    Raises what it raises, where that is a RefusedError or an InputError; TooLargeError where it takes more than it may;
    BusyError where too many are read already.
    """
    with _place():
        mine, theirs = _context.Pipe(duplex=False)
        task = (theirs, settings.read_s, settings.read_mb, function, given, named)
        process = _context.Process(target=_child, args=task, daemon=True)
        with _beginning:
            process.start()
        theirs.close()
        try:
            kind, content = _heard(mine, BESIDE_S + WALL * settings.read_s)
        finally:
            process.kill()
            process.join(5)
            mine.close()
    if kind == "done":
        return cast("R", content)
    if kind == "refused":
        raise content
    if kind == "faults":
        raise InputError(content)
    if kind == "memory" or (kind == "gone" and process.exitcode != -signal.SIGXCPU):
        raise too_large(f"It takes more than {settings.read_mb:,} MB of memory to read; bring it in parts.")
    raise too_large(f"It takes more than {settings.read_s:g} s to read; bring it in parts.")


def _heard(mine: Connection, seconds: float) -> tuple[str, Any]:
    until = time.monotonic() + seconds
    with suppress(EOFError, OSError):
        if mine.poll(max(0.0, until - time.monotonic())):
            return cast("tuple[str, Any]", mine.recv())
        return "late", None
    return "gone", None


@contextmanager
def _place() -> Iterator[None]:
    if not _waiting.acquire(blocking=False):
        raise BusyError(
            "busy", "Too many are being read", "Others are being read at the moment; send it again in a while."
        )
    try:
        if not _places.acquire(timeout=WAIT_S):
            raise BusyError("busy", "Too many are being read", "Others are being read; send it again in a while.")
    finally:
        _waiting.release()
    try:
        yield
    finally:
        _places.release()


def _child(
    pipe: Connection, seconds: float, memory_mb: int, function: Callable[..., Any], given: Any, named: Any
) -> None:
    """Call it within its limits, and send ("done", what it gave), ("refused", why) or ("memory", None)."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    os.nice(NICE)
    spent = time.process_time()
    whole = int(spent + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MIB, memory_mb * MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = ("done", function(*given, **named))
    except RefusedError as error:
        found = ("refused", error)
    except InputError as error:
        found = ("faults", error.findings)
    except MemoryError:
        found = ("memory", None)
    try:
        pipe.send(found)
    except MemoryError:
        pipe.send(("memory", None))
