"""How much one key, or one address that guesses keys, may ask of a web process: requests, open streams, failed log-ins.

Counted in this process and forgotten with it; who sits at this machine is not counted.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from orebook.service.settings import Settings
from orebook.service.web.permissions import Who
from orebook.service.web.problem_details import ProblemError

KNOWN = 10_000
"""Keys and addresses that are remembered, least used forgotten first."""
BURST_S = 4.0
"""Seconds of requests that may come at once."""
MINUTE = 60.0


@dataclass
class Buckets:
    """Tokens by name, so many a second up to so many at once; each deed takes one."""

    per_s: float
    most: float
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def there(self, name: str) -> float:
        """Tokens that there are now."""
        now = self.clock()
        left, at = self._left.get(name, (self.most, now))
        return min(self.most, left + (now - at) * self.per_s)

    def take(self, name: str) -> bool:
        """Take one; False where there is none."""
        left = self.there(name)
        if left < 1:
            return False
        self._left[name] = (left - 1, self.clock())
        self._left.move_to_end(name)
        while len(self._left) > KNOWN:
            self._left.popitem(last=False)
        return True


class Limits:
    """Of one web process. Used by its event loop alone, so nothing is locked."""

    def __init__(self, settings: Settings) -> None:
        self._requests = Buckets(settings.key_requests_s, BURST_S * settings.key_requests_s)
        self._guesses = Buckets(settings.guesses_minute / MINUTE, settings.guesses_minute)
        self._most_streams, self._streams = settings.key_streams, Counter[str]()

    def request(self, who: Who) -> None:
        """Count a request. Raises ProblemError 429."""
        if who.counted and not self._requests.take(who.id):
            raise _too_many("This key has sent too many requests; wait a second.", 1)

    def guessed(self, address: str) -> None:
        """Count a key that is not known. Raises ProblemError 429 where too many came from the address.

        Who has one that is known comes in all the same: many may share an address, such as a proxy's.
        """
        if not self._guesses.take(address):
            raise _too_many("Too many keys came from your address that are not known; wait a minute.", 60)

    def refuse_stream(self, who: Who) -> None:
        """Raises ProblemError 429 where as many streams are open as may; said before an answer begins."""
        if who.counted and self._streams[who.id] >= self._most_streams:
            raise _too_many(f"This key has {self._most_streams} open streams, as many as it may; close some.", 5)

    @contextmanager
    def stream(self, who: Who) -> Iterator[None]:
        """Count a stream while it is open."""
        self._streams[who.id] += 1
        try:
            yield
        finally:
            self._streams[who.id] -= 1
            if not self._streams[who.id]:
                del self._streams[who.id]


def _too_many(says: str, seconds: int) -> ProblemError:
    return ProblemError(429, "too-many", "Too many", says, headers={"Retry-After": str(seconds)})
