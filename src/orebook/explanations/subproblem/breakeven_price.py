"""The break-even price of an offer: at `low` the best plan uses it, at `high` it does not, both proven by solves.

The best plan that uses the offer at a price is held against the best without it, which no price of the offer changes.
Where only money decides, the price at which a plan that uses it would cost as much as the best without it is at most
the break-even price, and the next guess (Dinkelbach, Management Science 13 (1967) 492-498); else the bracket is halved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from orebook.explanations.subproblem.mineral_subproblem import Found
from orebook.explanations.subproblem.quote import Quote, rounded
from orebook.explanations.subproblem.without_comparison import Verdict, compared, money_between

WIDTH = 1e-3
"""Part of the price within which it is found, where the solves' gaps tell that much."""
REACH = WIDTH / 2.5
"""Part of the price by which both sides of a guess are tried."""
FURTHEST = 0.2
"""The most of it, where gaps blur the guess."""
FIRST_STEP, LONGER = 0.05, 4.0
"""Where days decide, how far down the first step goes, as a part of the price, and how much longer the next one is."""
MOST_SOLVES = 20
MOST_UNCLEAR = 3
"""Prices at which the gaps do not tell, after which no more are tried."""
Ending = Literal["found", "never", "untold"]


@dataclass(frozen=True)
class Tried:
    """The best plan that uses the offer at a price; None where there is none."""

    price: float
    found: Found | None
    verdict: Verdict


@dataclass
class BreakEven:
    """A search between what is proven: `low` the highest price at which the offer is used, `high` the lowest at which not.

    `forced` solves at a price with the offer forced, `without` is the best plan without it, `slope` says how many USD
    the tickets of a plan get cheaper for each USD/t that the quote falls.
    """

    quote: Quote
    without: Found
    forced: Callable[[float], Found | None]
    slope: Callable[[float, Found], float]
    low: Tried | None = None
    high: Tried | None = None
    _unclear: list[float] = field(default_factory=list)
    _tie: float | None = None
    _reach: float = REACH

    def find(self) -> Ending:
        """Search: both sides proven, `never` where even the least price is proven too dear, else `untold`."""
        price: float | None = self.quote.now
        for _ in range(MOST_SOLVES):
            if price is None:
                break
            self._try(price)
            price = self._next()
        if self.high is not None and self.high.price <= self.quote.least:
            return "never"
        return "found" if self.low is not None and self.high is not None else "untold"

    @property
    def untold(self) -> tuple[float, float] | None:
        """The least and the largest price that was tried and at which the gaps do not tell; None where they always do."""
        return (min(self._unclear), max(self._unclear)) if self._unclear else None

    def _try(self, price: float) -> None:
        found = self.forced(price)
        tried = Tried(price, found, compared(found, self.without))
        if tried.verdict == "better":
            self.low = tried
        elif tried.verdict == "worse":
            self.high = tried
        else:
            self._unclear.append(price)
        self._guess(tried)

    def _guess(self, tried: Tried) -> None:
        """The price at which this plan would cost what the best without the offer does, and how far the gaps blur it."""
        money = money_between(tried.found, self.without)
        rate = self.slope(tried.price, tried.found) if money and tried.found else 0.0
        if money is None or rate <= 0:
            return
        tie = tried.price - money.low / rate
        self._tie = tie if self._tie is None else max(self._tie, tie)
        missed = tried.verdict == "unclear" and tried.price != self.quote.now
        blurred = 1.1 * (money.high - money.low) / rate / max(self._tie, self.quote.least, 1e-9)
        self._reach = min(FURTHEST, max(REACH, blurred, 2 * self._reach if missed else 0.0))

    def _next(self) -> float | None:
        """The next price to try; None where the bracket is as narrow as it is asked to be or as the gaps allow."""
        low = self.low.price if self.low else None
        high = self.high.price if self.high else None
        if high is not None and high <= self.quote.least:
            return None
        unclear = [p for p in self._unclear if (low is None or p > low) and (high is None or p < high)]
        sides = [(low, min(unclear, default=high)), (max(unclear, default=low), high)]
        if not self._wide(sides):
            return None
        for near in self._near_tie():
            if any((a is None or a < near) and (b is None or near < b) for a, b in sides):
                return near
        if len(unclear) >= MOST_UNCLEAR:
            return None
        if low is None:
            return self._lower()
        if high is None:
            return rounded(2 * max(self.quote.now, low, *unclear))
        a, b = max(sides, key=lambda side: (side[1] or 0.0) - (side[0] or 0.0))
        return rounded(((a or 0.0) + (b or 0.0)) / 2)

    def _lower(self) -> float | None:
        """The next price on the way down: further with each step, and the least in the end."""
        tried = [*self._unclear, *([self.high.price] if self.high else [])]
        if not tried or min(tried) <= self.quote.least:
            return None
        step = max(FIRST_STEP * self.quote.now, LONGER * (self.quote.now - min(tried)))
        return max(self.quote.least, rounded(min(tried) - step))

    def _near_tie(self) -> list[float]:
        """Just over and just under where money ties, where prices may go."""
        tie = self._between()
        both = (rounded(tie * (1 + self._reach)), rounded(tie * (1 - self._reach))) if tie is not None else ()
        return [p for p in both if p > self.quote.least]

    def _between(self) -> float | None:
        """Where money ties; where that is not between the two sides, where a line between their costs crosses zero."""
        low, high = self.low, self.high
        if low is None or high is None or (self._tie is not None and low.price < self._tie < high.price):
            return self._tie
        cheaper, dearer = money_between(low.found, self.without), money_between(high.found, self.without)
        if cheaper is None or dearer is None or dearer.low <= cheaper.low:
            return self._tie
        return low.price - cheaper.low * (high.price - low.price) / (dearer.low - cheaper.low)

    def _wide(self, sides: list[tuple[float | None, float | None]]) -> bool:
        """Whether what is left open is more than its part of the price; around what is unclear, than the gaps blur."""
        part = WIDTH if sides[0] == sides[1] else max(WIDTH / 2, self._reach)
        return any(a is None or b is None or b - a > part * b for a, b in sides)
