"""Numbers as people read them."""

from __future__ import annotations

from math import isnan, nan

import pytest

from orebook import formats as f
from orebook.exact import Fraction


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (0, "0"),
        (0.004, "0.00"),
        (154.2, "154.20"),
        (999.994, "999.99"),
        (999.996, "1,000"),
        (-12_345.4, "-12,345"),
        (999_999.4, "999,999"),
        (999_999.6, "1.00 m"),
        (Fraction(45_600_000), "45.60 m"),
        (999_995_000, "1.00 bn"),
        (1.234e9, "1.23 bn"),
        (1.2e13, "12,000.00 bn"),
    ],
)
def test_money_never_reads_a_thousand_of_the_smaller_unit(x: float, said: str) -> None:
    """Millions and billions at two decimals, cents under a thousand, and no step that reads 1,000.00 m."""
    assert f.money(x) == said


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (0, "0"),
        (1e-6, "0.000001"),
        (0.25, "0.25"),
        (12.5, "12.5"),
        (143.14, "143.1"),
        (999.96, "1,000"),
        (3.19e6, "3,190,000"),
    ],
)
def test_tonnes_keep_the_gram_and_lose_the_exponent(x: float, said: str) -> None:
    """From a gram to millions of tonnes without an exponent."""
    assert f.tonnes(x) == said


def test_a_little_is_not_nothing() -> None:
    """What rounds to none but is not none says so."""
    assert [f.days(x) for x in (0, 0.0009, 0.04, 0.06, 59.96)] == ["0.0", "0.0", "0.04", "0.1", "60.0"]
    assert [f.percent(0), f.percent(0.00001), f.percent(0.0042)] == ["0 %", "<0.01 %", "0.42 %"]


def test_no_minus_before_a_zero() -> None:
    """A hair below zero reads as zero."""
    assert [f.grouped(-1e-9), f.grouped(-1e-9, 2), f.plain(-1e-9, 6)] == ["0", "0.00", "0"]


@pytest.mark.parametrize(
    ("x", "unit", "said"),
    [
        (2e6, "USD", "USD 2.00 m"),
        (1, "houses", "1 house"),
        (2, "orders", "2 orders"),
        (1, "weighted days", "1.0 weighted days"),
        (0.208, "share", "20.8 % points"),
        (12.5, "t", "12.5 t"),
        (0.5, "m3", "0.5 m3"),
        (1, "", "1"),
    ],
)
def test_quantity_reads_in_its_unit(x: float, unit: str, said: str) -> None:
    """Each unit in its own way, one of a thing in the singular."""
    assert f.quantity(x, unit) == said


def test_what_is_withheld_says_so_in_every_form() -> None:
    """NaN is what a redaction leaves; a sum with it in is withheld too."""
    said = [f.plain(nan, 2), f.grouped(nan), f.money(nan), f.usd(nan), f.tonnes(nan), f.days(nan), f.percent(nan)]
    assert {*said, f.quantity(nan, "USD"), f.amount(nan, "t"), f.between((nan, nan), f.days)} == {f.WITHHELD}
    assert isnan(f.total([1.0, nan]))
    assert f.total([0.1, 0.2]) == Fraction(3, 10)


def test_an_interval_reads_once_where_its_ends_read_alike() -> None:
    """Ends that differ are both said; none is blank."""
    assert [f.between(x, f.days) for x in ((1.0, 2.0), (1.01, 1.02), None)] == ["1.0 to 2.0", "1.0", ""]
