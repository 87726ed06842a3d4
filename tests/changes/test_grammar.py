"""Every form of a change, and what each refused text is told."""

from __future__ import annotations

import pytest

from orebook.changes import Change, parse
from orebook.changes.change import Addition, CellChange, HeadChange, Key, RowRemoval, RuleOff, Where
from orebook.changes.values import Plain, Relative
from orebook.errors import InputError
from orebook.exact import Fraction

ONE, ZERO = Fraction(1), Fraction(0)


def cell(text: str, table: str, parts: tuple[str, ...], column: str, value: Plain | Relative) -> CellChange:
    """A change of a cell by its row's key."""
    return CellChange(text, table, Key(parts), column, value)


@pytest.mark.parametrize(
    "expected",
    [
        cell("minerals.copper.price_usd_per_t=14000", "minerals", ("copper",), "price_usd_per_t", Plain("14000")),
        cell("minerals.*.criticality=2", "minerals", ("*",), "criticality", Plain("2")),
        cell("floors.ndpr/australia.mechanism=cfd", "floors", ("ndpr", "australia"), "mechanism", Plain("cfd")),
        cell("floors.ndpr/.floor_usd_per_t=120000", "floors", ("ndpr", ""), "floor_usd_per_t", Plain("120000")),
        cell("tiers.x/0.discount_pct=1", "tiers", ("x", "0"), "discount_pct", Plain("1")),
        cell("tiers.x/12.5.discount_pct=1", "tiers", ("x", "12.5"), "discount_pct", Plain("1")),
        cell("offers.a.b.max_t=none", "offers", ("a.b",), "max_t", Plain(None)),
        CellChange("offers[house=hartree].max_t=0", "offers", Where("house", "hartree"), "max_t", Plain("0")),
        CellChange("floors[origin=].mechanism=cfd", "floors", Where("origin", None), "mechanism", Plain("cfd")),
        CellChange("floors[origin=none].mechanism=cfd", "floors", Where("origin", None), "mechanism", Plain("cfd")),
        CellChange("duties[mineral=*].duty_pct=5", "duties", Where("mineral", "*"), "duty_pct", Plain("5")),
        HeadChange("instance.budget_usd=none", "budget_usd", Plain(None)),
        HeadChange("instance.title=a = b", "title", Plain("a = b")),
        HeadChange("instance.start=2026-03-02", "start", Plain("2026-03-02")),
        RowRemoval("houses.hartree=none", "houses", Key(("hartree",))),
        RowRemoval("tiers.x/12.5=none", "tiers", Key(("x", "12.5"))),
        RowRemoval("prices.*/3=none", "prices", Key(("*", "3"))),
        Addition("duties+=origin:chile,mineral:*", "duties", (("origin", "chile"), ("mineral", "*"))),
        Addition("sites+=site:a,b,accepts:", "sites", (("site", "a,b"), ("accepts", None))),
        Addition("floors+=origin:none,mineral:a:b", "floors", (("origin", None), ("mineral", "a:b"))),
        RuleOff("rules.shares=off", "shares"),
    ],
    ids=lambda change: change.text,
)
def test_every_form(expected: Change) -> None:
    """A text is read as the change that it says."""
    assert parse(expected.text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("+10%", Relative(Fraction(11, 10), ZERO)),
        ("-5%", Relative(Fraction(19, 20), ZERO)),
        ("+0.1%", Relative(Fraction(1001, 1000), ZERO)),
        ("*1.2", Relative(Fraction(6, 5), ZERO)),
        ("* 2", Relative(Fraction(2), ZERO)),
        ("+100", Relative(ONE, Fraction(100))),
        ("-.5", Relative(ONE, Fraction(-1, 2))),
        ("+1e3", Relative(ONE, Fraction(1000))),
        ("1e3", Plain("1e3")),
        ("none", Plain(None)),
        ("+abc", Plain("+abc")),
        ("+1_000", Plain("+1_000")),
        ("*10%", Plain("*10%")),
        ("+-5", Plain("+-5")),
    ],
)
def test_values(value: str, expected: Plain | Relative) -> None:
    """A sign before a number makes a value relative; everything else is what is to stand there."""
    change = parse(f"instance.budget_usd={value}")
    assert isinstance(change, HeadChange)
    assert change.value == expected


def test_blanks_around_the_parts_mean_nothing() -> None:
    """A change reads the same with blanks around its dots' parts, brackets and signs."""
    spaced = parse(" offers[ house = hartree ].max_t = 0 ")
    assert spaced == CellChange(
        "offers[ house = hartree ].max_t = 0", "offers", Where("house", "hartree"), "max_t", Plain("0")
    )
    assert parse("floors.ndpr / australia.mechanism = cfd") == cell(
        "floors.ndpr / australia.mechanism = cfd", "floors", ("ndpr", "australia"), "mechanism", Plain("cfd")
    )


REFUSED = {
    "minerals.copper": "is no change; write ADDRESS=VALUE, such as minerals.copper.price_usd_per_t=+10%",
    "mineral.copper.criticality=2": '"mineral" is no table; did you mean "minerals"?',
    "xyz.copper.criticality=2": '"xyz" is no table; the tables are minerals, use, houses, offers, tiers, prices, origins, '
    "duties, floors, shares, sites, stock, inbound, releases, funding, targets, withdrawals, members, "
    "entitlements, owed, bids, conversions, substitutes, prior, volatility, correlations, futures, future_changes, "
    "hazards, instance and rules",
    "offer+=offer:x": '"offer" is no table; did you mean "offers"?',
    "minerals.copper.price=+10%": '"price" is not a column of minerals.csv; did you mean "price_usd_per_t"?',
    "releases.1.xyz=2": '"xyz" is not a column of releases.csv; it has week, usd',
    "offers[hous=hartree].max_t=0": '"hous" is not a column of offers.csv; did you mean "house"?',
    "offers[house=hartree].max=0": '"max" is not a column of offers.csv; did you mean "max_t"?',
    "instance.budget=5": '"budget" is not a column of instance.toml; did you mean "budget_usd"?',
    "minerals.criticality=2": "names no row; write minerals.MINERAL.criticality=VALUE, with * for every one",
    "floors=2": "names no row; write floors.MINERAL/ORIGIN.COLUMN=VALUE, with * for every one",
    "minerals.copper=2": "names no column; write minerals.copper.COLUMN=2, or minerals.copper=none to take the row out",
    "minerals.copper=": "names no column; write minerals.copper.COLUMN=VALUE, or minerals.copper=none to take the row "
    "out",
    "floors.ndpr.mechanism=cfd": '"ndpr" has 1 of the 2 parts of a key; write floors.MINERAL/ORIGIN, nothing for a blank '
    "origin",
    "duties.a/b/c=none": '"a/b/c" has 3 of the 2 parts of a key; write duties.ORIGIN/MINERAL',
    "offers[house=hartree]=none": "has brackets out of place; write TABLE[COLUMN=VALUE].COLUMN=VALUE",
    "offers[house].max_t=0": "has brackets out of place; write TABLE[COLUMN=VALUE].COLUMN=VALUE",
    "duties+=china": '"china" is no COLUMN:VALUE; write duties+=origin:VALUE,mineral:VALUE,duty_pct:VALUE',
    "duties+=": '"" is no COLUMN:VALUE; write duties+=origin:VALUE,mineral:VALUE,duty_pct:VALUE',
    "duties+=orign:china": '"orign" is not a column of duties.csv; did you mean "origin"?',
    "duties+=origin:a,origin:b": "origin stands twice; write it once",
    "rules.share=off": '"share" is no rule; did you mean "shares"?',
    "rules.shares=on": "a change can only switch a rule off, the model says which are on; write rules.shares=off",
    "minerals.copper.criticality=": "has no value; write one, or none to leave the cell blank",
    "instance.budget_usd=+2e15": '"+2e15" is beyond 1e15, which is too large; write less',
    "instance.budget_usd=*1e999999999": '"*1e999999999" is beyond 1e15, which is too large; write less',
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_change_says_what_would_be(text: str) -> None:
    """One fault, whose file is the text, with the mend in its message."""
    with pytest.raises(InputError) as error:
        parse(text)
    assert [(f.file, f.row, f.message) for f in error.value.findings] == [(text, None, REFUSED[text])]
