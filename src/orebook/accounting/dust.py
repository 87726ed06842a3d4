"""What counts as met in words, counts and headlines: dust is no shortage. Figures stay as they are."""

from __future__ import annotations

from orebook.exact import Fraction, exact
from orebook.grams import GRAM

DUST_DAYS = Fraction(1, 1000)


def misses(short_t: Fraction, use_t_per_day: float) -> bool:
    """Whether so many tonnes short are a shortage: a gram at least, and a thousandth of a day of use at least.

    Of a mineral that nobody uses, a gram.
    """
    return short_t >= GRAM and short_t >= DUST_DAYS * exact(use_t_per_day)
