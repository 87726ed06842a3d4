"""Numbers typed as text, under either decimal mark; days, months and weeks."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.exact import Fraction
from orebook.importing.periods import Calendar, day_inside, month, period_of, week_number, whole_weeks
from orebook.importing.typed import decimal_of, is_figure, is_unclear, read_under, taken_apart


@pytest.mark.parametrize(
    ("body", "point", "comma"),
    [
        ("22,000", "22000", "22"),
        ("12.951", "12.951", "12951"),
        ("3,5", None, "3.5"),
        ("1,234.5", "1234.5", None),
        ("1.234,5", None, "1234.5"),
        ("2,450,000", "2450000", None),
        ("1'200.50", "1200.5", None),
        ("0.951", "0.951", None),
        ("1,03,000", "103000", None),  # lakhs
        ("45", "45", "45"),
    ],
)
def test_a_number_under_each_mark(body: str, point: str | None, comma: str | None) -> None:
    """None where it is no number then; unclear where it is two."""
    read = [read_under(body, mark) for mark in ".,"]
    assert read == [Fraction(text) if text else None for text in (point, comma)]
    assert is_unclear(body) == (point is not None and comma is not None and point != comma)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_grouped_numbers_come_back(whole: int, cents: int) -> None:
    """Written with thousands and two decimals either way, a number is read as itself and its mark told."""
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_under(english, ".") == read_under(german, ",") == Fraction(f"{whole}.{cents:02}")
    assert (decimal_of([english]), decimal_of([german])) == (".", ",")


def test_columns_tell_the_mark() -> None:
    """One clear text decides; two that differ decide nothing."""
    assert decimal_of(["22,000", "1,150.5"]) == "."
    assert decimal_of(["22,000", "9,500"]) is None
    assert decimal_of(["1,150.5", "1.150,5"]) is None


@pytest.mark.parametrize("text", ["12", "USD 1,200", "25 USD/kg", "(12)", "45 days", "1.2%", "−3", "１２"])
def test_figures(text: str) -> None:
    """A number with its currency or unit."""
    assert is_figure(text)


@pytest.mark.parametrize("text", ["Q1", "Kaai 4", "Nickel (class 1)", "30% advance, 70% on B/L", "2027-03", "tin", ""])
def test_no_figures(text: str) -> None:
    """Names and sentences with a number in them."""
    assert not is_figure(text)


def test_a_number_is_taken_apart() -> None:
    """What stands before it and after it; brackets and minus signs of any kind are a sign."""
    found = taken_apart("USD −1,200.50 /kg")
    assert found is not None
    assert (found.before, found.body, found.after, found.negative) == ("USD", "1,200.50", "/kg", True)
    bracketed = taken_apart("(350)")
    assert bracketed is not None
    assert bracketed.negative
    assert taken_apart("12 or 13") is None


@pytest.mark.parametrize(
    "value",
    ["Dec-26", "December 2026", "2026-12", "2026M12", "12/2026", "Dez 26", datetime(2026, 12, 1), date(2026, 12, 1)],
)
def test_months(value: object) -> None:
    """However written, from its first day to its last."""
    assert period_of(value) == month(2026, 12)


def test_quarters_and_years() -> None:
    """Q4 has 92 days; a year also as a number; a day within a month is none."""
    quarter, year = period_of("Q4 2026"), period_of(2026)
    assert quarter is not None
    assert year is not None
    assert (quarter.days, year.days) == (92, 365)
    assert period_of(date(2026, 12, 2)) is None
    assert period_of("Break 1") is None


def test_weeks_of_a_plan() -> None:
    """From Monday 30 November 2026: December begins with it, January with week 6, for week 5 is December's by its middle."""
    plan = Calendar(date(2026, 11, 30), 9)
    assert [plan.week_of(date(2026, 11, 29)), plan.week_of(date(2026, 12, 6)), plan.week_of(date(2026, 12, 7))] == [
        0,
        1,
        2,
    ]
    assert plan.first_week_of(month(2026, 12)) == 1
    assert plan.first_week_of(month(2027, 1)) == 6
    assert plan.whole.last == date(2027, 1, 31)
    assert month(2026, 12).shared(plan.period(1)) == 6
    assert [week_number("w7"), week_number("Week 12"), week_number("7")] == [7, 12, None]


def test_days_in_sentences() -> None:
    """The first that is named; one that may be two is none."""
    assert day_inside("ETA 14-Dec-2026, USD 1,200,000 due") == date(2026, 12, 14)
    assert day_inside("supplier quotations, as of 27 Nov 2026") == date(2026, 11, 27)
    assert day_inside("Updated on November 03, 2026") == date(2026, 11, 3)
    assert day_inside("due 3/4/2026") is None


def test_leads_are_rounded_up() -> None:
    """45 days are 6.43 weeks: 7; 14 days are 2."""
    assert [whole_weeks(Fraction(45)), whole_weeks(Fraction(14)), whole_weeks(Fraction(0))] == [7, 2, 0]
