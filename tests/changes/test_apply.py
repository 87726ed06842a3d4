"""What each form of a change does to a document."""

from __future__ import annotations

from datetime import date

import pytest

from orebook.schema.document import TABLES
from tests.changes.case import after, column, document


@pytest.mark.parametrize(
    ("value", "new"),
    [("250", 250.0), ("+10%", 110.0), ("-5%", 95.0), ("*1.2", 120.0), ("+0.1", 100.1), ("-99.9", 0.1), ("1e3", 1000.0)],
)
def test_a_number_is_set_or_changed_exactly(value: str, new: float) -> None:
    """100 + 10 % is 110, not 110.00000000000001; 100 - 99.9 is 0.1."""
    assert column(after(f"minerals.tin.price_usd_per_t={value}"), "minerals", "price_usd_per_t") == [new, 40.0]


def test_a_price_takes_its_rows_in_prices_along() -> None:
    """Tin from 100 to 125: its 120 and 110 become 150 and 137.5; zinc's 50 stays."""
    changed = after("minerals.tin.price_usd_per_t=125")
    assert column(changed, "prices", "price_usd_per_t") == [150.0, 137.5, 50.0]


def test_a_price_by_wildcard_takes_every_row_along() -> None:
    """All prices up by a tenth: 100, 40 and 120, 110, 50."""
    changed = after("minerals.*.price_usd_per_t=+10%")
    assert column(changed, "minerals", "price_usd_per_t") == [110.0, 44.0]
    assert column(changed, "prices", "price_usd_per_t") == [132.0, 121.0, 55.0]


def test_a_row_of_prices_alone_can_be_changed() -> None:
    """A change of prices.csv leaves minerals.csv alone."""
    changed = after("prices.tin/3.price_usd_per_t=+1")
    assert column(changed, "prices", "price_usd_per_t") == [120.0, 111.0, 50.0]
    assert changed.minerals == document().minerals


def test_a_price_of_nothing() -> None:
    """A price of 0 makes every week 0; what is 0 and stays 0 moves nothing."""
    changed = after("minerals.tin.price_usd_per_t=0", "minerals.tin.price_usd_per_t=*2")
    assert column(changed, "prices", "price_usd_per_t") == [0.0, 0.0, 50.0]


def test_changes_are_made_in_order() -> None:
    """(100 + 10) * 2 is not 100 * 2 + 10."""
    one = after("minerals.tin.price_usd_per_t=+10", "minerals.tin.price_usd_per_t=*2")
    other = after("minerals.tin.price_usd_per_t=*2", "minerals.tin.price_usd_per_t=+10")
    assert (one.minerals[0].price_usd_per_t, other.minerals[0].price_usd_per_t) == (220.0, 210.0)


def test_a_negative_number_is_reached_from_nought() -> None:
    """-100 alone is relative, 5 - 100 = -95; after 0 it is -100."""
    assert after("offers.a.premium_usd_per_t=-100").offers[0].premium_usd_per_t == -95.0
    changed = after("offers.a.premium_usd_per_t=0", "offers.a.premium_usd_per_t=-100")
    assert changed.offers[0].premium_usd_per_t == -100.0


def test_none_leaves_a_cell_blank() -> None:
    """Blank is no limit, or the column's default."""
    changed = after("offers.a.max_t=none", "houses.traxys.commission_pct=none", "instance.budget_usd=none")
    assert (changed.offers[0].max_t, changed.houses[0].commission_pct, changed.instance.budget_usd) == (None, 0.0, None)


def test_texts_dates_yes_and_no() -> None:
    """Every type of column takes the text that a file would hold."""
    changed = after(
        "offers.b.house=traxys",
        "houses.traxys.engaged=yes",
        "offers.a.discount=incremental",
        "instance.start=2026-03-02",
        "instance.weeks=+1",
        "instance.title=a = b",
    )
    assert (changed.offers[2].house, changed.houses[0].engaged) == ("traxys", True)
    assert changed.offers[0].discount == "incremental"
    assert (changed.instance.start, changed.instance.weeks) == (date(2026, 3, 2), 5)
    assert changed.instance.title == "a = b"


def test_a_star_in_a_key_is_every_value_and_a_literal_one() -> None:
    """duties.chile/* is the row for all minerals and the one for tin; [mineral=*] the first alone."""
    assert column(after("duties.chile/*.duty_pct=+1"), "duties", "duty_pct") == [6.0, 8.0]
    assert column(after("duties[mineral=*].duty_pct=+1"), "duties", "duty_pct") == [6.0, 7.0]
    assert column(after("duties.*/tin.duty_pct=+1"), "duties", "duty_pct") == [5.0, 8.0]


def test_a_blank_part_of_a_key() -> None:
    """floors.tin/ is the floor of every origin, floors.tin/* any floor of tin."""
    assert column(after("floors.tin/.floor_usd_per_t=80"), "floors", "floor_usd_per_t") == [80.0, 95.0]
    assert column(after("floors[origin=none].floor_usd_per_t=80"), "floors", "floor_usd_per_t") == [80.0, 95.0]
    assert column(after("floors.tin/*.floor_usd_per_t=80"), "floors", "floor_usd_per_t") == [80.0, 80.0]


def test_a_key_with_dots() -> None:
    """12.5 is one part of a tier's key, however it is typed; an offer may be called a.max_t."""
    assert column(after("tiers.a/12.5.discount_pct=2"), "tiers", "discount_pct") == [0.0, 2.0, 3.0]
    assert column(after("tiers.a/12.50.discount_pct=2"), "tiers", "discount_pct") == [0.0, 2.0, 3.0]
    assert column(after("offers.a.max_t.max_t=+1"), "offers", "max_t") == [30.0, 21.0, 10.0]


def test_none_after_a_dot_is_the_cell_where_there_is_one() -> None:
    """offers.a.max_t=none blanks a's cell; once there is no a, it takes out the offer a.max_t."""
    assert column(after("offers.a.max_t=none"), "offers", "max_t") == [None, 20.0, 10.0]
    assert column(after("offers.a=none", "offers.a.max_t=none"), "offers", "offer") == ["b"]


def test_rows_that_match_a_column() -> None:
    """Texts by letters, numbers by worth, yes and no as such."""
    assert column(after("offers[house=traxys].max_t=0"), "offers", "max_t") == [0.0, 0.0, 10.0]
    assert column(after("offers[max_t=10.0].max_t=1"), "offers", "max_t") == [30.0, 20.0, 1.0]
    assert column(after("houses[engaged=yes].commission_pct=1"), "houses", "commission_pct") == [2.0, 1.0]


def test_a_key_can_be_changed() -> None:
    """A release that slips by two weeks."""
    assert column(after("releases.1.week=+2"), "releases", "week") == [3]


def test_rows_are_added() -> None:
    """At the end of a table, signs being part of the number; also to a table that was missing."""
    changed = after("tiers+=offer:b,from_t:5,discount_pct:-2", "funding+=source:loan,rate_pct:6,limit_usd:none")
    assert column(changed, "tiers", "discount_pct") == [0.0, 1.0, 3.0, -2.0]
    assert [(row.source, row.rate_pct, row.limit_usd) for row in changed.rows("funding")] == [("loan", 6.0, None)]


def test_a_table_that_loses_its_last_row_is_empty_and_not_missing() -> None:
    """Without releases the budget is free; without a row in them nothing is."""
    assert after("releases.1=none").releases == ()


def test_a_house_takes_its_offers_and_shares_along() -> None:
    """hartree's offer, that offer's tier and hartree's share go; the origin called hartree and the prior plan stay."""
    changed = after("houses.hartree=none")
    assert column(changed, "offers", "offer") == ["a", "a.max_t"]
    assert column(changed, "tiers", "offer") == ["a", "a"]
    assert column(changed, "shares", "by") == ["origin"]
    assert changed.prior == document().prior


def test_a_mineral_takes_every_row_of_its_own_along() -> None:
    """Of tin nothing is left; what is for all minerals stays."""
    changed = after("minerals.tin=none")
    rows = [row for table in TABLES for row in changed.rows(table)]
    assert not [row for row in rows if "tin" in row.model_dump().values()]
    assert column(changed, "duties", "mineral") == ["*"]
    assert column(changed, "shares", "mineral") == ["*"]
    assert column(changed, "offers", "offer") == ["a.max_t", "b"]


def test_faults_on_the_way_are_none() -> None:
    """Only where the changes end has to be sound: an offer of a house that is added after it."""
    changed = after("offers.a.house=mercuria", "houses+=house:mercuria")
    assert changed.offers[0].house == "mercuria"


def test_the_document_itself_stays() -> None:
    """Changes make a new document."""
    before = document()
    after("minerals.tin.price_usd_per_t=1", "houses.hartree=none")
    assert document() == before
