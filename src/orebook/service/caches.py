"""What a process keeps of what never changes, least used dropped first; each cache has a name under which it is counted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from math import inf
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


@dataclass
class _Cache:
    """Answers by the arguments that they were asked with, up to a count and to a weight in all."""

    capacity: int
    most: float
    hits: int = 0
    misses: int = 0
    weight: float = 0.0
    kept: OrderedDict[Hashable, tuple[Any, float]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def found(self, key: Hashable) -> tuple[Any, float] | None:
        with self.lock:
            answer = self.kept.get(key)
            if answer is None:
                self.misses += 1
            else:
                self.hits += 1
                self.kept.move_to_end(key)
            return answer

    def keep(self, key: Hashable, answer: Any, weight: float) -> None:
        with self.lock:
            if weight > self.most or key in self.kept:
                return
            self.kept[key] = answer, weight
            self.weight += weight
            while len(self.kept) > self.capacity or self.weight > self.most:
                _, (_, gone) = self.kept.popitem(last=False)
                self.weight -= gone


_CACHES: dict[str, _Cache] = {}


def cached(
    name: str, capacity: int, weigh: Callable[..., float] | None = None, most: float = inf
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator that keeps so many answers of a function, by its arguments; no two have one name.

    `weigh`: what an answer weighs, given the arguments; those that are kept weigh no more than `most` together.
    """

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        assert name not in _CACHES
        cache = _CACHES[name] = _Cache(capacity, most)

        @wraps(function)
        def answered(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            there = cache.found(key)
            if there is not None:
                known: R = there[0]
                return known
            answer = function(*args, **kwargs)
            cache.keep(key, answer, 0.0 if weigh is None else weigh(*args, **kwargs))
            return answer

        return answered

    return decorated


def cache_states() -> Iterator[CacheState]:
    """Every cache of this process, by name."""
    for name, cache in sorted(_CACHES.items()):
        yield CacheState(name, len(cache.kept), cache.capacity, cache.hits, cache.misses)
