"""A planner's whole book, of quotes, stock, demand, stores, budget, targets and rates: proposed, read, kept and solved."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import orebook
from orebook.problem import Problem
from tests.importing.books import BUDGET, NORLAND, QUOTES, STOCK, STORES, TARGETS, Rows, norland, write_book


def _problem(imported: orebook.Imported) -> Problem:
    assert imported.problem is not None, "\n".join(map(str, imported.faults))
    return imported.problem


def test_every_sheet_is_recognised_and_nothing_is_asked() -> None:
    """Eight tables on seven sheets; every column but none is used, also one without a head."""
    mapping = norland().mapping
    assert mapping.asks() == []
    assert [(b.sheet, b.section, b.table) for b in mapping.block] == [
        ("Offers received", None, "offers"),
        ("Stock", None, "stock"),
        ("Stock", "In transit", "inbound"),
        ("Demand", None, "use"),
        ("Depots", None, "sites"),
        ("Budget", None, "releases"),
        ("Targets", None, "minerals"),
        ("FX", None, "rates"),
    ]
    skipped = [(b.sheet, head) for b in mapping.block for head, column in b.columns.items() if column.to == "skip"]
    assert skipped == [("Stock", "column E")]  # it holds something under In transit alone


def test_the_plan_begins_with_the_first_monday_of_the_book() -> None:
    """As of Saturday 6 March 2027: 8 March; the last quote ends on 30 April, in week 8."""
    problem = _problem(norland())
    assert (problem.document.instance.start, problem.weeks) == (date(2027, 3, 8), 8)


def test_offers_by_hand() -> None:
    """Euro at 1.15 USD; an ounce of palladium is a troy ounce; 600 USD a MTU of 88.5 % is 53 100 a tonne; one has lapsed."""
    offers = _problem(norland()).offers
    price = {name: offer.price_usd_per_t for name, offer in offers.items()}
    assert price == {"Q1-2027-03": 31500, "Q2": 32200, "Q3": 32150746.57, "Q4": 53100}
    first = offers["Q1-2027-03"]  # 80 t a month: its part of April would arrive in week 9
    assert (first.min_order_t, first.max_t, first.from_week, first.to_week, first.lead_weeks) == (10, 80, 1, 3, 5)
    assert [(t.from_t, t.discount_pct) for t in first.tiers] == [(0, 0), (50, 0.9523809524)]
    assert {n: o.pay_on_order_pct for n, o in offers.items()} == {"Q1-2027-03": 20, "Q2": 0, "Q3": 100, "Q4": 0}
    assert offers["Q3"].min_order_t == 0.00311034768


def test_stock_and_what_is_under_way() -> None:
    """2000 oz are 62.2 kg; 60 t arrive on 24 March, in week 3, with EUR 500 000 due: 575 000 USD."""
    document = _problem(norland()).document
    assert {s.mineral: s.tonnes for s in document.rows("stock")} == {
        "Tin ingot": 1250,
        "Palladium": 0.0622069536,
        "Tungsten APT": 40,
    }
    (inbound,) = document.rows("inbound")
    assert (inbound.site, inbound.week, inbound.tonnes, inbound.due_usd) == ("Kaai 4", 3, 60, 575000)


def test_demand_as_use_and_as_withdrawals() -> None:
    """310 t in March and 300 t in April are 10 t a day, 70 t a week; 20 oz a day of palladium; without draws use alone."""
    imported = norland()
    document = _problem(imported).document
    assert {u.mineral: u.daily_use_t for u in document.rows("use")} == {
        "Tin ingot": 10,
        "Palladium": 0.000622069536,
        "Tungsten APT": 1,
    }
    drawn = [(w.week, w.tonnes) for w in document.rows("withdrawals") if w.mineral == "Tin ingot"]
    assert drawn == [(week, 70) for week in range(1, 9)]
    blocks = tuple(b.model_copy(update={"draws": False}) for b in imported.mapping.block)
    alone = orebook.import_book(NORLAND, imported.mapping.model_copy(update={"block": blocks}))
    assert _problem(alone).document.withdrawals is None
    head = {**imported.mapping.instance, "use_draws": True}  # has it drawn by itself, and none twice
    assert (
        _problem(
            orebook.import_book(NORLAND, imported.mapping.model_copy(update={"instance": head}))
        ).document.withdrawals
        is None
    )


def test_uneven_demand_falls_into_its_weeks() -> None:
    """March 310 t, April 150 t: week 4, from 29 March, has 3 days of 10 t and 4 of 5 t; two days of May are as the mean."""
    document = _problem(
        norland(Demand=[["Metal", "Member", "Unit", "Mar-27", "Apr-27"], ["Tin ingot", "Solder Union", "t", 310, 150]])
    ).document
    weeks = {w.week: w.tonnes for w in document.rows("withdrawals")}
    assert (weeks[1], weeks[4], weeks[5]) == (70, 50, 35)
    daily = document.rows("use")[0].daily_use_t  # 24 days of 10 t and 30 of 5 t
    assert daily == pytest.approx(390 / 54, rel=1e-9)
    assert weeks[8] == pytest.approx(5 * 5 + 2 * 390 / 54, abs=1e-6)


def test_stores_by_hand() -> None:
    """1500 m2 by 4 m; 100 SEK are 10 USD; 73 SEK a month are 7.3 * 12 * 7 / 365 = 1.68 USD a week; 60 t on five days a week."""
    site = _problem(norland()).sites["Kaai 4"]
    assert (site.capacity_m3, site.handling_usd_per_t, site.rent_usd_per_m3_week, site.inbound_t_per_week) == (
        6000,
        10,
        1.68,
        300,
    )


def test_money_comes_free_in_the_first_week_of_its_month() -> None:
    """March has begun: week 1; April from week 4 on, of which most days are April's; September is after the plan."""
    imported = norland()
    assert {r.week: r.usd for r in _problem(imported).document.rows("releases")} == {1: 3_000_000, 4: 5_000_000}
    assert [f.cell for f in imported.findings if f.check == "row_left_out"] == [
        "Stock!A5",
        "Offers received!O8",
        "Budget!A4",
    ]


def test_targets_duties_groups_and_classes() -> None:
    """Austria is in the EU, and so pays the duty of `free`; palladium has the class of the vault that its stock lies in."""
    document = _problem(norland()).document
    assert {o.origin: o.group for o in document.rows("origins")} == {
        "Peru": "free", "Indonesia": "other", "Canada": "free", "Austria": "free",
    }  # fmt: skip
    assert {(d.origin, d.mineral): d.duty_pct for d in document.rows("duties")}["free", "Tungsten APT"] == 1.5
    assert {m.mineral: m.storage_class for m in document.minerals} == {
        "Tin ingot": "general",
        "Palladium": "secure",
        "Tungsten APT": "general",
    }
    assert {m.mineral: m.target_days for m in document.minerals}["Tin ingot"] == 130
    assert document.minerals[1].price_usd_per_t == 32472254.03  # 1010 USD/oz


def test_a_priority_of_1_may_weigh_most() -> None:
    """Reversed, 5, 3 and 4 weigh 1, 3 and 2."""
    imported = norland()
    blocks = tuple(
        b.model_copy(
            update={
                "columns": {h: c.model_copy(update={"reversed": c.to == "criticality"}) for h, c in b.columns.items()}
            }
        )
        for b in imported.mapping.block
    )
    again = orebook.import_book(NORLAND, imported.mapping.model_copy(update={"block": blocks}))
    assert [m.criticality for m in _problem(again).document.minerals] == [1, 3, 2]


def test_a_mineral_under_another_name() -> None:
    """It is a fault, with the key that says which it is; with that key its stock is tin's."""
    stock: Rows = [["Metal", "Depot", "Quantity (t)"], ["Tin", "Kaai 4", 1250]]
    imported = norland(Stock=stock)
    assert [(f.check, f.cell) for f in imported.faults] == [("unknown_mineral", "Stock!A2")]
    assert 'names."Tin"' in imported.faults[0].message
    named = imported.mapping.model_copy(update={"names": {"Tin": "Tin ingot"}})
    again = orebook.import_book(NORLAND | {"Stock": stock}, named)
    assert [(s.mineral, s.tonnes) for s in _problem(again).document.rows("stock")] == [("Tin ingot", 1250)]


def test_two_lines_of_one_mineral_in_a_store_are_added_up() -> None:
    """With a word; of stores two rows of one name are a fault, unless they say the same."""
    imported = norland(Stock=[*STOCK[:2], ["Tin ingot", "Kaai 4", "500", "kg"]])
    assert [s.tonnes for s in _problem(imported).document.rows("stock")] == [1250.5]
    assert "Stock!A3" in [f.cell for f in imported.findings if f.check == "rows_added"]
    assert [f.check for f in norland(Depots=[*STORES, ["Kluis", 25, 2, "secure", 2000, "730", 1]]).faults] == [
        "row_twice"
    ]
    assert norland(Depots=[*STORES, STORES[2]]).problem is not None


def test_a_folder_of_csv_is_the_same_book(tmp_path: Path) -> None:
    """A file a sheet, with semicolons; dates and numbers as texts give the same instance, name and titles apart."""
    for title, rows in NORLAND.items():
        with (tmp_path / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    read, book = _problem(orebook.import_book(tmp_path)).document, _problem(norland()).document
    for table in ("offers", "tiers", "stock", "use", "releases", "sites", "duties"):
        assert sorted(map(str, read.rows(table))) == sorted(map(str, book.rows(table)))


@pytest.mark.slow
def test_the_workbook_is_written_read_again_and_solved(tmp_path: Path) -> None:
    """No faults where it is read as an instance, and an optimal plan that buys tin and tungsten."""
    imported = orebook.import_book(write_book(tmp_path / "norland.xlsx"))
    imported.save(tmp_path / "norland")
    problem = orebook.read(tmp_path / "norland")
    assert problem.digest == _problem(imported).digest
    plan = orebook.solve(problem, audit=False)
    assert plan.status == "optimal"
    assert {ticket.mineral for ticket in plan.document.tickets} >= {"Tin ingot", "Tungsten APT"}


def test_hidden_sheets_and_unknown_ones() -> None:
    """A sheet of words is left alone; one of figures that is like no table is asked about."""
    imported = norland(
        Notes=[["Topic", "Remark"], ["Audit", "in May"]], Weather=[["Town", "Rain"], ["Ghent", 71], ["Liege", 80]]
    )
    tables = {b.sheet: b.table for b in imported.mapping.block}
    assert (tables["Notes"], tables["Weather"]) == ("skip", "?")
    assert "Notes!A1: the table is not read: 1 rows" in map(str, imported.findings)
    assert [f.check for f in imported.faults] == ["asked"]


def test_rates_the_wrong_way_round() -> None:
    """A euro of 0.4 dollars is refused, with the two ways out; without a rate of the dollar nothing can be told."""
    turned = norland(FX=[["Currency", "USD"], ["SEK", 0.1], ["EUR", 0.4]])
    assert [f.check for f in turned.faults] == ["odd_rate"]
    lacking: dict[str, Rows] = NORLAND | {"FX": [["Currency", "SEK"], ["EUR", 11.5]]}
    asked = orebook.import_book(lacking)
    assert {f.check for f in asked.faults} == {"no_rate"}
    told = orebook.import_book(lacking, asked.mapping.model_copy(update={"rates": {"SEK": 0.1}}))
    assert _problem(told).offers["Q2"].price_usd_per_t == 32200


def test_budget_in_another_form() -> None:
    """Dates in the place of months, and dollars."""
    rows: Rows = [
        ["Available from", "Amount (USD)"],
        [date(2027, 3, 8), 1000],
        [date(2027, 3, 30), "2,000"],
        ["w6", 3000],
    ]
    assert {r.week: r.usd for r in _problem(norland(Budget=rows)).document.rows("releases")} == {
        1: 1000,
        4: 2000,
        6: 3000,
    }
    assert BUDGET[0] == ["Month", "Allocation (SEK m)"]
    assert (len(QUOTES), len(TARGETS)) == (8, 4)
