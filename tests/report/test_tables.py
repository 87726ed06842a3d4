"""The CSV files as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io

from tests.builders import make_problem
from tests.report.sample import sample_plan

from orebook.decisions import Decisions, Order
from orebook.exact import Fraction
from orebook.report.tables import cash_csv, cover_csv, tickets_csv


def read(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_tickets_csv_says_units_mondays_and_money() -> None:
    """Weeks come with their Mondays; 6 t of tin at 100 with 1 % commission and 2 of freight a tonne cost 618."""
    tin = next(row for row in read(tickets_csv(sample_plan())) if row["mineral"] == "tin")
    assert (tin["week"], tin["week_from"], tin["arrives_from"]) == ("1", "2026-02-09", "2026-02-09")
    assert (tin["tonnes"], tin["lots"], tin["tier_from_t"]) == ("6", "6", "0")
    assert (tin["goods_usd"], tin["commission_usd"], tin["freight_usd"], tin["order_cash_usd"]) == (
        "600",
        "6",
        "12",
        "618",
    )


def test_tickets_csv_is_in_the_order_of_placing() -> None:
    """By week, then house: hartree's gallium before traxys's tin."""
    assert [row["offer"] for row in read(tickets_csv(sample_plan()))] == ["b", "a"]


def test_cover_csv_has_before_and_after_shortest_first() -> None:
    """tin 3 days short comes before gallium 2 days short; a day before and seven after."""
    rows = read(cover_csv(sample_plan()))
    assert [(r["mineral"], r["short_days"]) for r in rows] == [("tin", "3"), ("gallium", "2")]
    assert (rows[0]["cover_before_days"], rows[0]["cover_days"], rows[0]["stock_t"]) == ("1", "7", "7")
    assert rows[0]["week_from"] == "2026-02-23"


def test_cash_csv_has_a_row_a_week() -> None:
    """Paid, to date, released and drawn, without thousands separators."""
    first, second, _ = read(cash_csv(sample_plan()))
    assert (first["cash_usd"], first["released_to_date_usd"], first["draw_loan_usd"]) == ("3668", "5000", "3668")
    assert (second["due_usd"], second["cash_to_date_usd"], second["draw_private_usd"]) == ("300", "3968", "300")


def test_without_a_start_there_are_no_dates_and_without_limits_blanks() -> None:
    """An instance that names no start has no Mondays; no release is a blank cell, not a number."""
    plan = sample_plan(make_problem({"weeks": 3}), Decisions(orders=(Order("a", 1, Fraction(2)),)))
    assert "week_from" not in tickets_csv(plan)
    assert read(cash_csv(plan))[0]["released_to_date_usd"] == ""


def test_money_is_to_the_cent_and_tonnes_to_the_gram() -> None:
    """1.234567 t at 3.3333 USD/t is 4.11518... USD."""
    minerals = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 3.3333}]
    problem = make_problem(
        {"weeks": 3}, minerals=minerals, offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}]
    )
    row = read(tickets_csv(sample_plan(problem, Decisions((Order("a", 1, Fraction("1.234567")),)))))[0]
    assert (row["tonnes"], row["quote_usd_per_t"], row["goods_usd"]) == ("1.234567", "3.3333", "4.12")


def test_a_name_cannot_become_a_formula() -> None:
    """A spreadsheet would run an offer named like a formula; it gets an apostrophe."""
    problem = make_problem({"weeks": 3}, offers=[{"offer": "@SUM(A1)", "house": "traxys", "mineral": "tin"}])
    plan = sample_plan(problem, Decisions(orders=(Order("@SUM(A1)", 1, Fraction(2)),)))
    assert read(tickets_csv(plan))[0]["offer"] == "'@SUM(A1)"


def test_names_beyond_ascii_carry_a_byte_order_mark() -> None:
    """Excel would read them as ANSI otherwise; a plain file has none."""
    problem = make_problem({"weeks": 3}, offers=[{"offer": "Säure", "house": "traxys", "mineral": "tin"}])
    plan = sample_plan(problem, Decisions(orders=(Order("Säure", 1, Fraction(2)),)))
    assert tickets_csv(plan).startswith("\ufeffoffer,")
    assert cover_csv(plan).startswith("mineral,")
