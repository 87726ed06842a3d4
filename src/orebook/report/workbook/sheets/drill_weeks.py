"""The sheets of a drill that go week by week: cover, orders, and what each week came to."""

from __future__ import annotations

from orebook.report.studies.drill_rows import cover_rows, member_rows
from orebook.report.workbook.charts import DARK, MID, Series, lying
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.rolling.drill_results import CoverByWeek, Helped, Order
from orebook.rolling.drilled import DrillResult
from orebook.rolling.results import Week


def cover(page: Page, result: DrillResult) -> None:
    """Days of cover by mineral, and who of the members is nearest to running out."""
    page.heading("Days of cover in store, the furthest from what is wanted first")
    rows = tuple(cover_rows(result))
    seen = range(1, len(rows[0][0].days) + 1 if rows else 1)
    columns: tuple[Column[tuple[CoverByWeek, float]], ...] = (
        Column("mineral", "text", lambda r: r[0].mineral),
        Column("who uses it", "text", lambda r: ", ".join(r[0].users)),
        Column("wanted days", "days", lambda r: r[1]),
        Column("at the start", "days", lambda r: r[0].start_days),
        *(Column(f"week {week}", "days", lambda r, w=week: r[0].days[w - 1]) for week in seen),  # type: ignore[misc]
        Column("as planned, at the end", "days", lambda r: r[0].all_days[-1]),
    )
    placed = page.table(Grid("Cover", columns, rows))
    if placed:
        last = f"week {seen[-1]}"
        series = (Series("wanted days", placed["wanted days"], DARK), Series(last, placed[last], MID))
        chart = lying(page.book, f"Cover at the end of {last}", placed["mineral"], series, unit="days", beside=True)
        page.chart(chart, placed, rows=max(20, len(rows)))

    page.heading("Who runs out first: of what a member uses, that of which there is least")
    members = tuple(
        (row.member, week, days, mineral)
        for row in member_rows(result)
        for week, (days, mineral) in enumerate(row.least)
    )
    least: tuple[Column[tuple[str, int, float, str]], ...] = (
        Column("member", "text", lambda r: r[0]),
        Column("end of week (0: start)", "count", lambda r: r[1]),
        Column("days of cover", "days", lambda r: r[2]),
        Column("of", "text", lambda r: r[3]),
    )
    page.table(Grid("Members", least, members))


def orders(page: Page, result: DrillResult) -> None:
    """Orders of every way, and those that would have helped."""
    page.heading("What was ordered")
    rows = tuple((way.way, order) for way in result.ways for order in way.orders)
    columns: tuple[Column[tuple[str, Order]], ...] = (
        Column("way", "text", lambda r: r[0]),
        Column("week", "week", lambda r: r[1].week),
        Column("offer", "text", lambda r: r[1].offer),
        Column("house", "text", lambda r: r[1].house),
        Column("mineral", "text", lambda r: r[1].mineral),
        Column("origin", "text", lambda r: r[1].origin),
        Column("t", "t", lambda r: r[1].tonnes),
        Column("to arrive in week", "week", lambda r: r[1].arrives),
        Column("order cash USD", "usd", lambda r: r[1].order_cash_usd, sums=True),
    )
    page.table(Grid("Orders", columns, rows), freeze=True)
    helped: tuple[Column[Helped], ...] = (
        Column("week", "week", lambda h: h.week),
        Column("offer", "text", lambda h: h.offer),
        Column("mineral", "text", lambda h: h.mineral),
        Column("foresight t", "t", lambda h: h.tonnes),
        Column("plan t", "t", lambda h: h.plan_t),
    )
    page.heading("What would have helped: what foresight ordered more of before the last shock")
    page.table(Grid("Helped", helped, result.helped))


def weeks(page: Page, result: DrillResult) -> None:
    """A row a way and week."""
    page.heading("Week by week")
    rows = tuple((way.way, week) for way in result.ways for week in way.weeks)
    columns: tuple[Column[tuple[str, Week]], ...] = (
        Column("way", "text", lambda r: r[0]),
        Column("week", "week", lambda r: r[1].week),
        Column("Monday", "date", lambda r: r[1].monday),
        Column("solved", "text", lambda r: r[1].status),
        Column("orders", "count", lambda r: r[1].orders, sums=True),
        Column("paid USD", "usd", lambda r: r[1].cash_usd, sums=True),
        Column("with carrying USD", "usd", lambda r: r[1].total_usd, sums=True),
        Column("lost t", "t", lambda r: r[1].lost_t),
        Column("rows broken or given up", "count", lambda r: r[1].breaches),
        Column("s", "number", lambda r: r[1].seconds),
        Column("what came true", "words", lambda r: r[1].says),
    )
    page.table(Grid("Weeks", columns, rows), freeze=True)
