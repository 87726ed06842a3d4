"""Keeping Python's garbage collector from looking through what is no garbage: a large model is a million small objects.

The collector is the whole process's. In a process of somebody else's it is paused while a model is made, and no more; only
a process that said that it is orebook's own has it pass over a model for as long as that is used.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import RLock
from typing import TypeVar

T = TypeVar("T")

_alone = RLock()
_earlier = count()
"""How many were spared before; the first has nothing to clear up."""
_own = False


def own_process() -> None:
    """Say that nobody but orebook uses this process: the command line's, a worker's."""
    global _own  # noqa: PLW0603 - a process is what it is
    _own = True


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collections inside, and one thread at a time: the switch is the process's, and so is much of Pyomo."""
    with _alone:
        collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()


def set_aside() -> None:
    """Have no collection look again through what is there by now: of a service that begins, all that was imported."""
    gc.collect()
    gc.freeze()


@contextmanager
def spared(make: Callable[[], T]) -> Iterator[T]:
    """What `make` returns: no collections while it is made; in a process of orebook's own those inside pass over it.

    They pass over all that is older too. Afterwards it is collected like anything else, once nobody has it. Models refer to
    themselves: those that are left from before go first, or a program that solves one after another would find no time for
    it.
    """
    if not _own:
        with collector_paused():
            made = make()
        yield made
        return
    if next(_earlier):
        gc.collect()
    with collector_paused():
        made = make()
        gc.freeze()
    try:
        yield made
    finally:
        gc.unfreeze()
