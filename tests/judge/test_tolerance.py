"""The margins that a plan's rounding is given."""

from __future__ import annotations

import pytest

from orebook.accounting.tolerance import beyond, beyond_cent, beyond_gram
from orebook.exact import Fraction

MILLIONTH = Fraction(1, 10**6)
NANO = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("limit", "margin"), [(Fraction(5), 5 * MILLIONTH), (Fraction(0), NANO), (Fraction(-5), 5 * MILLIONTH)]
)
def test_a_row_is_broken_beyond_a_millionth_of_its_limit(limit: Fraction, margin: Fraction) -> None:
    """At the margin it holds; a hair more is the whole gap."""
    assert beyond(margin, limit) == 0
    assert beyond(margin + NANO / 10, limit) == margin + NANO / 10
    assert beyond(-margin - 1, limit) == 0


@pytest.mark.parametrize(("limit", "margin"), [(0, Fraction("0.01")), (10**6, Fraction(1)), (100, Fraction("0.01"))])
def test_money_has_a_cent_or_a_millionth_whichever_is_more(limit: int, margin: Fraction) -> None:
    """A cent up to a limit of 10 000 USD, a dollar for a million."""
    assert beyond_cent(margin, Fraction(limit)) == 0
    assert beyond_cent(margin + NANO, Fraction(limit)) == margin + NANO


@pytest.mark.parametrize(("scale", "margin"), [(0, MILLIONTH), (1, MILLIONTH), (50, 50 * MILLIONTH)])
def test_balances_have_a_gram_or_a_millionth_whichever_is_more(scale: int, margin: Fraction) -> None:
    """A gram up to a tonne, 50 g for 50 t."""
    assert beyond_gram(margin, Fraction(scale)) == 0
    assert beyond_gram(margin + NANO, Fraction(scale)) == margin + NANO
