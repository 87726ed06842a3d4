"""Exposed: goods under way by origin, week and mineral, and the week of the bar that would strand them."""

from __future__ import annotations

from orebook.report.exposed import MEANS, points
from orebook.report.report_input import Brief
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.under_way import MineralUnderWay, UnderWay, exposed_of

Row = tuple[UnderWay, MineralUnderWay]


def write(page: Page, brief: Brief) -> None:
    """The worst bar on each origin in words, then a row an origin and week, and one for each of its minerals."""
    page.heading("Exposed")
    page.say(MEANS, *points(brief.plan))
    page.freeze_title()
    found = exposed_of(brief.plan.problem, brief.plan.judgement)
    weeks = tuple(week for each in found for week in each.weeks if week.minerals)
    page.table(Grid("Exposed", _weeks(brief), weeks, keys=2))
    if weeks:
        page.heading("By mineral")
        rows = tuple((week, mineral) for week in weeks for mineral in week.minerals)
        page.table(Grid("ExposedMinerals", _MINERALS, rows, keys=3))


def _weeks(brief: Brief) -> tuple[Column[UnderWay], ...]:
    last, monday = brief.plan.problem.weeks, brief.plan.problem.monday
    return (
        Column("origin", "text", lambda u: u.origin),
        Column("end of week", "week", lambda u: u.week),
        Column("stranded by a bar in week", "week", lambda u: u.bar_week if u.week < last else None),
        Column("from", "date", lambda u: monday(u.bar_week) if u.week < last else None),
        Column("tickets", "count", lambda u: u.tickets),
        Column("minerals", "count", lambda u: len(u.minerals)),
        Column("tonnes", "t", lambda u: u.tonnes),
        Column("as ordered USD", "usd", lambda u: u.order_cash_usd),
        Column("paid by then USD", "usd", lambda u: u.paid_usd),
    )


_MINERALS: tuple[Column[Row], ...] = (
    Column("origin", "text", lambda row: row[0].origin),
    Column("end of week", "week", lambda row: row[0].week),
    Column("mineral", "text", lambda row: row[1].mineral),
    Column("tickets", "count", lambda row: row[1].tickets),
    Column("tonnes", "t", lambda row: row[1].tonnes),
    Column("as ordered USD", "usd", lambda row: row[1].order_cash_usd),
    Column("paid by then USD", "usd", lambda row: row[1].paid_usd),
    Column("days of use", "days", lambda row: row[1].cover_days),
)
