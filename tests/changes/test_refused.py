"""What a change that cannot be made to this document is told."""

from __future__ import annotations

import pytest

from orebook.errors import InputError
from tests.changes.case import after

REFUSED = {
    # rows
    "minerals.tim.criticality=2": ['no row of minerals.csv has mineral "tim"; did you mean "tin"?'],
    "minerals.lead=none": ['no row of minerals.csv has mineral "lead"; write tin or zinc'],
    "duties.chile/zinc.duty_pct=1": ['no row of duties.csv has mineral "zinc"; write * or tin'],
    "tiers.b/12.5.discount_pct=1": ['no row of tiers.csv is "b/12.5"; did you mean "a/12.5"?'],
    "floors.zinc/.mechanism=cfd": ['no row of floors.csv has mineral "zinc"; write tin'],
    "duties.chile/.duty_pct=1": ["no row of duties.csv has a blank mineral; every row has one"],
    "offers.b.max=none": ['no row of offers.csv has offer "b.max"; did you mean the column "max_t" of "b"?'],
    "offers.a*.max_t=0": [
        '"a*" mixes * with letters; write * alone, or pick rows by offers[COLUMN=VALUE].COLUMN=VALUE'
    ],
    "offers[house=hartre].max_t=0": ['no row of offers.csv has house "hartre"; did you mean "hartree"?'],
    "offers[max_t=none].max_t=0": ["no row of offers.csv has a blank max_t; every row has one"],
    "targets.tin/2.days=5": [
        "targets.csv has no rows; add one with targets+=mineral:VALUE,week:VALUE,days:VALUE"
    ],
    # values
    "minerals.tin.criticality=much": ['"much" is not a number; write one, or none'],
    "minerals.tin.criticality=1_000": ['"1_000" is not a number; write 1000'],
    "minerals.tin.price_usd_per_t=10%": [
        '"10%" is not a number; write +10% or -10% for a change relative to what stands there'
    ],
    "minerals.tin.price_usd_per_t=*10%": [
        '"*10%" is not a number; write +10% or -10% for a change relative to what stands there'
    ],
    "minerals.tin.price_usd_per_t=-101": ["-1 is below 0; write 0 or more"],
    "houses.*.commission_pct=-1": ["at houses.hartree, -1 is below 0; write 0 or more"],
    "shares[by=house].max_share=+150%": ["at shares.*/house/hartree, 1.25 is over 1; write 1 or less"],
    "releases.1.week=*1.5": ["1.5 is not a whole number; write 1 or 2"],
    "instance.budget_usd=*1e13": ["10000000000000000 is over 1e15, which is too large; write less, or none"],
    "instance.start=9 February": ['"9 February" is not a date; write one such as 2026-02-09'],
    "instance.start=2026-02-30": ['"2026-02-30" is not a date; write one such as 2026-02-09, without quotes'],
    "houses.traxys.engaged=true": ['"true" is neither yes nor no; write yes'],
    "offers.a.discount=all": ['"all" is not one of all_units, incremental; did you mean "all_units"?'],
    "houses.traxys.house=a/b": ['"a/b" holds /; write a name without any of / * ; [ ] ='],
    # blanks and relatives
    "minerals.tin.price_usd_per_t=none": ["price_usd_per_t is needed: benchmark price; write a value"],
    "instance.weeks=none": ["weeks is needed: T, the length of the plan; write a value"],
    "offers.a.lot_t=+10%": [
        "lot_t is blank (orders are whole lots of it), so there is nothing to change; write a number first"
    ],
    "minerals.zinc.daily_use_t=+10%": [
        "daily_use_t is blank (where use.csv has it, change use.*/MINERAL.daily_use_t), so there is nothing to change; "
        "write a number first"
    ],
    "minerals.*.budget_usd=+10%": [
        "at minerals.zinc, budget_usd is blank (most order cash of the mineral's tickets), so there is nothing to "
        "change; write a number first, or name the rows that have one"
    ],
    "offers.a.origin=+10%": ["origin is a text, no number; write the value itself"],
    "houses.traxys.engaged=*2": ["engaged is yes or no, no number; write the value itself"],
    "instance.start=+7": ["start is a date, no number; write the value itself"],
    # rows that are added
    "duties+=origin:chile,mineral:tin,duty_pct:9": [
        '"chile/tin" is in duties.csv already; change that row, or take it out first'
    ],
    "floors+=mineral:tin,floor_usd_per_t:1,mechanism:cfd": [
        '"tin/" is in floors.csv already; change that row, or take it out first'
    ],
    "duties+=origin:peru,duty_pct:-1": [
        "is blank, but needed: mineral, or * for all",
        '"-1" is below 0; write 0 or more',
    ],
    "duties+=origin:peru,mineral:tim,duty_pct:1": [
        'duties.peru/tim.mineral: "tim" is not in minerals.csv; did you mean "tin"?'
    ],
    # what no longer fits together
    "offers.a.house=traxis": ['"traxis" is not in houses.csv; did you mean "traxys"?'],
    "offers[offer=a].house=traxis": ['offers.a.house: "traxis" is not in houses.csv; did you mean "traxys"?'],
    "minerals.zinc.daily_use_t=1": [
        'use.cars/zinc.mineral: "zinc" has daily_use_t in minerals.csv:3 too; leave one of the two blank'
    ],
    "instance.start=9999-12-30": ["9999-12-30 is too late for 4 weeks; write 9999-12-03 or earlier"],
    "tiers.a/0.to_t=20": ["20 reaches into the tier from 12.5 t (row 3); write 12.5 or less"],
    "houses.*=none": ["houses.csv: lists no house; write at least one row",
                      "offers.csv: lists no offer; write at least one row"],
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_change_that_cannot_be_made_says_what_could(text: str) -> None:
    """Every fault has the change as its file and the mend in its message."""
    with pytest.raises(InputError) as error:
        after(text)
    assert [(f.file, f.row, f.message) for f in error.value.findings] == [(text, None, says) for says in REFUSED[text]]


def test_a_price_that_rises_from_nothing_has_no_ratio() -> None:
    """0 to 5 multiplies the rows of prices.csv by nothing known; without them it can be done."""
    up = ("minerals.tin.price_usd_per_t=0", "minerals.tin.price_usd_per_t=5")
    with pytest.raises(
        InputError, match=r'of "tin" rises from 0, .*; take them out first: prices.tin/\*=none'
    ) as error:
        after(*up)
    assert error.value.findings[0].file == up[1]
    assert after("prices.tin/*=none", *up).minerals[0].price_usd_per_t == 5.0


def test_a_store_does_not_take_along_what_lies_in_it() -> None:
    """Lost or moved is for the planner to say: the message has both, and either mends it."""
    sites = ("sites+=site:store", "sites+=site:annex")
    with pytest.raises(InputError) as error:
        after(*sites, "sites.store=none")
    says = (
        'stock.csv still names "store" as site; write another there with stock.*/store/*.site=NAME, '
        "or take those rows out with stock.*/store/*=none"
    )
    assert [f.message for f in error.value.findings] == [says]
    assert after(*sites, "sites.store=none", "stock.*/store.site=annex").rows("stock")[0].site == "annex"
    assert after(*sites, "sites.store=none", "stock.*/store=none").rows("stock") == ()


def test_an_origin_with_offers_is_barred_and_not_taken_out() -> None:
    """One fault a table, however many rows name it, with what a planner means."""
    origins = ("origins+=origin:chile", "origins+=origin:hartree")
    with pytest.raises(InputError) as error:
        after(*origins, "offers.b.origin=chile", "origins.chile=none")
    mend = "or bar the origin with origins.chile.barred=yes instead"
    assert [f.message for f in error.value.findings] == [
        f'offers.csv still names "chile" as origin; write another there with offers[origin=chile].origin=NAME, {mend}',
        f'duties.csv still names "chile" as origin; write another there with duties.chile/*.origin=NAME, {mend}',
        f'floors.csv still names "chile" as origin; write another there with floors.*/chile.origin=NAME, {mend}',
    ]


def test_a_fault_is_laid_at_the_change_that_brought_it() -> None:
    """Of four changes the second breaks a reference and the third a window: each is named for its own."""
    changes = ["offers.a.max_t=5", "offers.a.house=traxis", "offers.b.to_week=2", "offers.b.from_week=3"]
    with pytest.raises(InputError) as error:
        after(*changes)
    assert [(f.file, f.message) for f in error.value.findings] == [
        (changes[1], '"traxis" is not in houses.csv; did you mean "traxys"?'),
        (changes[3], "offers.b.to_week: 2 is before from_week 3; write 3 or later"),
    ]
