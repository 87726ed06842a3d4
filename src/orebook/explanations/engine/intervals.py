"""Intervals that solves prove: a best value lies between a bound and the value of a plan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proven:
    """The best value of a measure lies from `low` (a bound) to `high` (a judged plan's), both in the measure's unit."""

    low: float
    high: float

    def minus(
        self, base: Proven, *, at_most: float | None = None, at_least: float | None = None
    ) -> tuple[float, float]:
        """Where the difference of two best values lies; `at_most` and `at_least` are known of it beforehand.

        At most 0, say, where every plan of the base is still a plan and none is worth less.
        """
        low, high = self.low - base.high, self.high - base.low
        if at_most is not None:
            low, high = min(low, at_most), min(high, at_most)
        if at_least is not None:
            low, high = max(low, at_least), max(high, at_least)
        return low, high


def tells(interval: tuple[float, float]) -> bool:
    """Whether an interval leaves zero out: the difference is there, whatever the gaps."""
    return interval[0] > 0 or interval[1] < 0
