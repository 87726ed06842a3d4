"""Whole lots in tonnes, and tonnes of whole lots, where an amount may be so many lots but for the last digit of its float."""

from __future__ import annotations

from functools import lru_cache

from orebook.exact import Fraction, ceil_int, exact, floor_int

LOT_NOISE_REL = Fraction(1, 10**12)
"""Part of an amount by which the nearest float to so many lots may be off them, with much to spare."""


@lru_cache(maxsize=1 << 16)
def lots(low: float, high: float, lot: float) -> tuple[int, int]:
    """The least (at least 1) and most whole lots between two amounts of tonnes, of which either may be so many lots as a float.

    The nearest float to nine lots may be less than nine lots: what `LOT_NOISE_REL` of an amount tells apart is the same.
    """
    least = exact(low) / exact(lot)
    return max(1, ceil_int(least - LOT_NOISE_REL * least)), most_lots(high, lot)


def most_lots(tonnes: float, lot: float) -> int:
    """The most whole lots in an amount of tonnes, which may be so many lots as a float."""
    most = exact(tonnes) / exact(lot)
    return floor_int(most + LOT_NOISE_REL * most)


@lru_cache(maxsize=1 << 16)
def tonnes_of(count: int, lot: float) -> float:
    """The tonnes of so many lots, to the nearest float of the exact product."""
    return float(count * exact(lot))
