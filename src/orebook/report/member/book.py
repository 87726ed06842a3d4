"""A statement as a workbook: a row a member with what it carries, a row a mineral with what it may draw and has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.accounting.statement import MemberStatement, MineralStatement
from orebook.exact import Fraction
from orebook.export.fresh import fresh
from orebook.report.member.figures import TONNES, days_of, tonnes_of
from orebook.report.member.sections import COUNTED, HEADS, NO_LIMIT, notes
from orebook.report.member.statement import Statement, in_all
from orebook.report.workbook.cell_styles import Look
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.table_areas import Placed
from orebook.schema.plan import SCHEMA

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Row = tuple[str, MineralStatement]
"""Whose mineral it is."""


def statement_workbook(statement: Statement) -> bytes:
    """The bytes of the workbook; the same statement makes the same bytes."""
    return fresh(statement.title, SCHEMA, lambda book: _fill(book, statement))


def _fill(book: Workbook, statement: Statement) -> None:
    look, placed = Look(book), dict[str, Placed]()
    minerals = Page(book, look, "Minerals", placed)
    minerals.heading(statement.title)
    minerals.say(statement.lead, *notes(statement))
    rows = tuple((m.member, x) for m in statement.members for x in m.minerals)
    minerals.table(Grid("Minerals", _minerals(statement), rows, keys=2), freeze=True)
    carried = Page(book, look, "Carried", placed)
    carried.heading("Part of carrying costs")
    carried.table(Grid("Carried", _carried(statement), statement.members), freeze=True)
    about = Page(book, look, "About", placed)
    about.heading("How it is counted")
    about.say(
        *COUNTED, "The sums above a table follow its filter; 'all, by the judge' is the same counted in fractions."
    )


def _minerals(statement: Statement) -> tuple[Column[Row], ...]:
    """t, then days, then USD: sums are of minerals with a price."""
    left = in_all(statement.together.minerals)
    return (
        Column("member", "text", lambda x: x[0]),
        Column("mineral", "text", lambda x: x[1].mineral),
        *(_tonnes(what) for what in TONNES),
        *(_days(what) for what in TONNES),
        Column("inventory price USD/t", "rate", lambda x: x[1].inventory_usd_per_t),
        Column("market USD/t", "rate", lambda x: x[1].market_usd_per_t),
        Column(
            "left at inventory price USD",
            "cents",
            lambda x: x[1].inventory_usd,
            sums=True,
            judge=left[0] if left else 0,
        ),
        Column("left at the market USD", "cents", lambda x: x[1].market_usd),
    )


def _tonnes(what: str) -> Column[Row]:
    def cell(row: Row) -> Fraction | str:
        found = tonnes_of(row[1], what)
        return NO_LIMIT if found is None else found

    return Column(f"{HEADS[what]} t", "t", cell)


def _days(what: str) -> Column[Row]:
    return Column(f"{HEADS[what]} days of use", "days", lambda x: days_of(x[1], what))


def _carried(statement: Statement) -> tuple[Column[MemberStatement], ...]:
    together = statement.together

    def usd(head: str, name: str) -> Column[MemberStatement]:
        return Column(f"{head} USD", "cents", lambda m: getattr(m, name), sums=True, judge=getattr(together, name))

    return (
        Column("member", "text", lambda m: m.member),
        Column("share", "share", lambda m: m.carry_share),
        usd("rent", "rent_usd"),
        usd("handling", "handling_usd"),
        usd("interest", "interest_usd"),
        usd("fees of sources", "fees_usd"),
        usd("carried", "carried_usd"),
        usd("fee to date", "fee_to_date_usd"),
    )
