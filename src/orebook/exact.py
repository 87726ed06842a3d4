"""Exact numbers from the floats that files hold.

A figure typed as 0.1 is meant as one tenth, not as the nearest double. The shortest text that reads back as
the same double is what was typed, up to 15 digits, so that text is what is made exact.

`Fraction` is the rational number of GMP: the judge counts with nothing else, and many times faster than with Python's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gmpy2 import mpq

if TYPE_CHECKING:
    from fractions import Fraction  # what mpq is typed as: it has the same operations
else:
    Fraction = mpq

__all__ = ["ZERO", "Fraction", "ceil_int", "exact", "floor_int"]

ZERO = Fraction(0)


@lru_cache(maxsize=1 << 18)
def exact(x: float | int) -> Fraction:
    """The decimal number that `x` prints as, as a fraction. Raises ValueError for NaN and infinities."""
    return Fraction(repr(x))


def floor_int(x: Fraction) -> int:
    """The largest whole number not above `x`, as an int of Python's (`math.floor` gives one of GMP's)."""
    return int(x.numerator // x.denominator)


def ceil_int(x: Fraction) -> int:
    """The smallest whole number not below `x`, as an int of Python's."""
    return -floor_int(-x)
