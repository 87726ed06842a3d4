"""Keeping Python's garbage collector from looking through what is no garbage: a large model is a million small objects."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

T = TypeVar("T")

_earlier = count()
"""How many were spared before; the first has nothing to clear up."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collections inside."""
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
    """What `make` returns: no collections while it is made, and those inside pass over it and all that is older.

    Afterwards it is collected like anything else, once nobody has it. Models refer to themselves: those that are left from
    before go first, or a program that solves one after another would find no time for it.
    """
    if next(_earlier):
        gc.collect()
    with collector_paused():
        made = make()
        gc.freeze()
    try:
        yield made
    finally:
        gc.unfreeze()
