"""What is offered instead of a number that cannot be read is that number, in the column's unit, or nothing."""

from __future__ import annotations

import pytest

from orebook.reading.numbers import mend

RIGHT = {
    "USD": {
        "1.5M": "1500000",
        "1.5m": "1500000",
        "2 bn": "2000000000",
        "$2B": "2000000000",
        "USD 1.5 million": "1500000",
        "1,5 Mio. USD": "1500000",
        "2 Mrd": "2000000000",
        "12k": "12000",
        "1,500,000": "1500000",
        "US$ 1,500,000.50": "1500000.50",
        "1’500’000": "1500000",
        "1'500'000": "1500000",
        "25\u202f000,50 USD": "25000.50",
        "1.200.000": "1200000",
        "−5": "-5",
        "-$5": "-5",
        "５００": "500",
        "٣٠٠": "300",
        "12\u200b00": "1200",
        "12e5 USD": "1200000",
        "25,100": "25100, or 25.100 if the comma is a decimal one",
        "0,500": "0.500",
    },
    "t": {
        "12 kt": "12000",
        "12k": "12000",
        "12 kg": "0.012",
        "12 000 kg": "12",
        "12 g": "0.000012",
        "1e3t": "1000",
        "26455 lb": "11.99978614835",  # 26 455 x 0.000 453 592 37
        "500 troy ounces": "0.0155517384",  # 500 x 0.000 031 103 476 8
        "12 t": "12",
    },
    "USD/t": {
        "25 USD/kg": "25000",
        "$25/kg": "25000",
        "USD 25 per kg": "25000",
        "25k USD/t": "25000",
        "11.9 USD/lb": "26235.0092",  # 11.9 / 0.000 453 592 37, to ten digits
        "25000 USD per tonne": "25000",
    },
    "t/day": {"12 kg/day": "0.012", "7 t/week": "1", "1 t/d": "1"},
    "t/week": {"12 t": "12", "1 t/day": "7"},
    "m3": {"6 m³": "6", "6 cbm": "6", "100 ft3": "2.8316846592"},
    "days": {"60 d": "60", "8 weeks": "56"},
    "weeks": {"45 days": "6 or 7", "49 days": "7", "3 wk": "3"},
    "week": {"w7": "7", "Week 7": "7"},
    "%": {"0,5 %": "0.5", "5 bps": "0.05"},
    "%/year": {"5 % p.a.": "5", "5%": "5"},
    "1": {"40%": "0.4"},
}

UNKNOWN = {
    "USD": ["€25000", "25000 EUR", "103,000 KRW", "A$5", "5-10", "~5", "ca. 5", "<5", "(500)", "5-", "1.5x10^6"],
    "t": ["12 Mt", "12 MT", "12 mt", "12 tons", "500 oz", "12 G", "12 T", "1.5M", "1 t/week", "½", "10²", "12 5"],
    "USD/t": ["25 USD/oz", "25 EUR/kg", "25000 t", "12.5.2026"],
    "t/day": ["1 t/month"],
    "m3": ["6 m", "6 M"],
    "days": ["2 months", "8 bananas"],
    "week": ["KW7", "7 weeks", "2026-03-02"],
    "%": ["5‰", "5 pp"],
    "score": ["50 pts"],
}


@pytest.mark.parametrize(("unit", "text", "right"), [(u, t, r) for u, texts in RIGHT.items() for t, r in texts.items()])
def test_a_number_in_another_dress_is_told_in_the_columns_unit(unit: str, text: str, right: str) -> None:
    """Magnitudes, units, separators and digits of any kind are worked out by hand here."""
    assert mend(text, unit) == right


@pytest.mark.parametrize(("unit", "text"), [(u, t) for u, texts in UNKNOWN.items() for t in texts])
def test_what_is_not_known_for_sure_is_not_offered(unit: str, text: str) -> None:
    """A number is never cut out of what stands around it."""
    assert mend(text, unit) is None
