"""What a process keeps of what never changes, least used dropped first; each cache has a name under which it is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class CacheState:
    """How many answers a cache keeps, how many it may, and how often one was there or had to be made."""

    name: str
    size: int
    capacity: int
    hits: int
    misses: int


_CACHES: dict[str, Any] = {}


def cached(name: str, capacity: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator that keeps so many answers of a function, by its arguments; no two have one name."""

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        assert name not in _CACHES
        kept: Any = lru_cache(maxsize=capacity)(function)
        _CACHES[name] = kept
        found: Callable[P, R] = kept
        return found

    return decorated


def cache_states() -> Iterator[CacheState]:
    """Every cache of this process, by name."""
    for name, cache in sorted(_CACHES.items()):
        info = cache.cache_info()
        yield CacheState(name, info.currsize, info.maxsize, info.hits, info.misses)
