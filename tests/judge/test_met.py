"""What counts as met: by hand, either side of a gram and of a thousandth of a day."""

from __future__ import annotations

import pytest

from orebook.accounting.dust import misses
from orebook.exact import Fraction


@pytest.mark.parametrize(
    ("grams", "use_t_per_day", "missed"),
    [
        (1, 1e-3, True),  # a gram is a thousandth of a day of a kilogram: neither less than the one nor than the other
        (Fraction(999, 1000), 1e-6, False),  # nearly a whole day, and less than a gram
        (5, 18.4, False),  # 5 g of 18.4 t a day
        (18_400, 18.4, True),  # a thousandth of a day of 18.4 t
        (18_399, 18.4, False),
        (1, 0, True),  # of what nobody uses a gram counts
        (0, 1, False),
    ],
)
def test_less_than_a_gram_or_a_thousandth_of_a_day_is_met(grams: Fraction, use_t_per_day: float, missed: bool) -> None:
    """Both have to be reached before a shortage is one."""
    assert misses(Fraction(grams) / 10**6, use_t_per_day) is missed
