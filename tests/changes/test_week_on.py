"""A change a week later: every week that it names is one less, and what was of week 1 is past."""

from __future__ import annotations

import pytest

from orebook.changes.week_on import a_week_on


@pytest.mark.parametrize(
    ("now", "later"),
    [
        ("minerals.copper.price_usd_per_t=+10%", "minerals.copper.price_usd_per_t=+10%"),
        ("instance.budget_usd=-500000", "instance.budget_usd=-500000"),
        ("prices.copper/5.price_usd_per_t=*1.1", "prices.copper/4.price_usd_per_t=*1.1"),
        ("prices.*/2.price_usd_per_t=9000", "prices.*/1.price_usd_per_t=9000"),
        ("prices.copper/*.price_usd_per_t=9000", "prices.copper/*.price_usd_per_t=9000"),
        ("prices.copper/1.price_usd_per_t=9000", None),
        ("prices+=mineral:tin,week:3,price_usd_per_t:12.5", "prices+=mineral:tin,week:2,price_usd_per_t:12.5"),
        ("prices+=mineral:tin,week:1,price_usd_per_t:12.5", None),
        ("releases.4=none", "releases.3=none"),
        ("releases.1=none", None),
        ("releases[week=3].usd=*0.5", "releases[week=2].usd=*0.5"),
        ("releases[week=1].usd=*0.5", None),
        ("offers[house=hartree].max_week_t=0", "offers[house=hartree].max_week_t=0"),
        ("tiers.x/12.5.discount_pct=2", "tiers.x/12.5.discount_pct=2"),
        ("offers.a.from_week=3", "offers.a.from_week=2"),
        ("offers.a.from_week=1", "offers.a.from_week=1"),
        ("offers.a.from_week=+2", "offers.a.from_week=+2"),
        ("offers.a.to_week=4", "offers.a.to_week=3"),
        ("offers.a.to_week=1", "offers.a.max_week_t=0"),
        ("offers.a.to_week=none", "offers.a.to_week=none"),
        ("funding.loan.to_week=1", "funding.loan.to_week=0"),
        ("offers.a.lead_weeks=3", "offers.a.lead_weeks=3"),
        (
            "offers+=offer:n,house:h,mineral:tin,from_week:2,to_week:5",
            "offers+=offer:n,house:h,mineral:tin,from_week:1,to_week:4",
        ),
        ("offers+=offer:n,house:h,mineral:tin,to_week:1", None),
        ("origins.china.barred_from_week=3", "origins.china.barred_from_week=2"),
        ("withdrawals.w.week=4", "withdrawals.w.week=3"),
        ("withdrawals.w.week=1", None),
        ("withdrawals.w.repay_week=4", "withdrawals.w.repay_week=3"),
        (
            "withdrawals+=withdrawal:w,mineral:tin,week:2,tonnes:5",
            "withdrawals+=withdrawal:w,mineral:tin,week:1,tonnes:5",
        ),
        ("houses.hartree=none", "houses.hartree=none"),
        ("floors.ndpr/.floor_usd_per_t=3", "floors.ndpr/.floor_usd_per_t=3"),
        ("origin_barred(origin=china, week=4)", "origin_barred(origin=china, week=3)"),
        ("origin_barred(origin=china,week=1)", "origin_barred(origin=china,week=1)"),
        ("origin_barred(origin=china)", "origin_barred(origin=china)"),
        ("house_out(house=a, week=5)", "house_out(house=a, week=4)"),
        ("licence_delay(origin=china, weeks=3)", "licence_delay(origin=china, weeks=3)"),
        ("release_slips(week=4, weeks=2)", "release_slips(week=3, weeks=2)"),
        ("release_slips(week=1, weeks=2)", None),
        ("emergency_draw(days=10, week=6, replenish_by=13)", "emergency_draw(days=10, week=5, replenish_by=12)"),
        ("emergency_draw(days=10, week=1)", None),
        ("origin_barred(origin=mexico, week=$week)", "origin_barred(origin=mexico, week=$week)"),
        ("prices.tin/$week.price_usd_per_t=9", "prices.tin/$week.price_usd_per_t=9"),
    ],
)
def test_weeks_are_one_less(now: str, later: str | None) -> None:
    """Keys, cells of weeks, rows that come and events; counts of weeks and relative values stay."""
    assert a_week_on(now) == later


def test_a_change_as_typed_stays_as_typed() -> None:
    """Blanks and all, where it names no week."""
    assert a_week_on("minerals.copper.price_usd_per_t = +10%") == "minerals.copper.price_usd_per_t = +10%"
