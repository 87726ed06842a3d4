"""Units beside figures: what they are, and how many of the table's unit one of them is."""

from __future__ import annotations

import pytest

from orebook.exact import Fraction
from orebook.importing.quantities import Unit, lacks, times, unit_of


def _unit(text: str) -> Unit:
    unit = unit_of(text, {"oz": "troy oz", "mt": "t", "ton": "short ton"})
    assert unit is not None, text
    return unit


@pytest.mark.parametrize(
    ("text", "wanted", "factor", "currency"),
    [
        ("USD/kg", "USD/t", "1000", "USD"),
        ("per kg", "USD/t", "1000", None),
        ("€ per g", "USD/t", "1000000", "EUR"),
        ("US$/mt", "USD/t", "1", "USD"),
        ("(KRW/m3/month)", "USD/m3/week", "84/365", "KRW"),  # 7 days of 365/12
        ("KRW bn", "USD", "1000000000", "KRW"),
        ("'000 EUR", "USD", "1000", "EUR"),
        ("USDm", "USD", "1000000", "USD"),
        ("¢/lb", "USD/t", "100000000000/4535923700", "USD"),  # 0.01 over 0.00045359237
        ("USD per 100 kg", "USD/t", "10", "USD"),
        ("USD/oz", "USD/t", "10000000000000/311034768", "USD"),  # a troy ounce is 31.1034768 g
        ("kg", "t", "1/1000", None),
        ("kt", "t", "1000", None),
        ("lbs", "t", "45359237/100000000000", None),
        ("ton", "t", "90718474/100000000", None),  # a short one, as the mapping says
        ("thousand metric tons", "t", "1000", None),
        ("t/year", "t/day", "1/365", None),
        ("t/day", "t/week", "7", None),
        ("weeks", "days", "7", None),
        ("months", "days", "365/12", None),
        ("sqft", "m2", "9290304/100000000", None),
        ("fraction", "%", "100", None),
    ],
)
def test_a_unit_is_so_many_of_the_tables(text: str, wanted: str, factor: str, currency: str | None) -> None:
    """By hand, in fractions; its currency is told apart."""
    unit, target = _unit(text), _unit(wanted)
    assert lacks(unit, target) is None
    assert (times(unit, target), unit.currency) == (Fraction(factor), currency)


def test_a_price_per_unit_of_content() -> None:
    """600 a metric tonne unit (10 kg) of what holds 88.5 %: 600 * 100 * 0.885 = 53 100 a tonne."""
    assert 600 * times(_unit("USD/MTU"), _unit("USD/t"), Fraction("0.885")) == 53100
    assert _unit("per dmtu").contained


@pytest.mark.parametrize("text", ["Price", "MOQ unit", "USD/", "per", "12", "", "USD/bbl", "kg of tin", "Break 1"])
def test_other_words_are_no_unit(text: str) -> None:
    """A text that holds any word that is none is none."""
    assert unit_of(text, {}) is None


@pytest.mark.parametrize(("text", "word"), [("USD/oz", "oz"), ("tons", "tons"), ("MT", "mt"), ("¥/kg", "¥")])
def test_words_that_mean_several_things_are_told(text: str, word: str) -> None:
    """Until a mapping says which."""
    unit = unit_of(text, {})
    assert unit is not None
    assert unit.unclear == (word,)


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("USD", "USD/t", "does not say per what mass"),
        ("kg", "USD/t", "is mass, where money should be"),
        ("KRW/m3", "USD/m3/week", "does not say per what time"),
        ("USD/t/month", "USD/t", "is per time too, which is too many"),
    ],
)
def test_what_a_unit_leaves_unsaid(text: str, wanted: str, why: str) -> None:
    """In words, so that it can be mended."""
    assert lacks(_unit(text), _unit(wanted)) == why
