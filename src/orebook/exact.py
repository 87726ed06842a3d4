"""Exact numbers from the floats that files hold.

A figure typed as 0.1 is meant as one tenth, not as the nearest double. The shortest text that reads back as
the same double is what was typed, up to 15 digits, so that text is what is made exact.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=1 << 18)
def exact(x: float | int) -> Fraction:
    """The decimal number that `x` prints as, as a fraction. Raises ValueError for NaN and infinities."""
    return Fraction(repr(x))
