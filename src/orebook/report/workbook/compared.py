"""Plans side by side as a workbook: measures, minerals, houses, weeks and firm tickets, with charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from orebook.export.fresh import fresh
from orebook.plan import Plan
from orebook.report import news
from orebook.report.compared import Plans, firm_tickets, spent
from orebook.report.workbook.cell_styles import Kind, Look
from orebook.report.workbook.charts import DARK, MARK, MID, PALE, Series, lying
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.table_areas import Placed
from orebook.schema.plan import SCHEMA, Ticket

if TYPE_CHECKING:
    from xlsxwriter import Workbook

COLOURS = (DARK, MID, MARK, PALE)
Cells = tuple[str, dict[str, float | None]]


def compared_workbook(plans: Plans, said: Sequence[str] = ()) -> bytes:
    """The bytes of the workbook; the same plans make the same bytes. `said` are sentences on what changed and why."""
    return fresh("Plans side by side", SCHEMA, lambda book: _fill(book, plans, said))


def _fill(book: Workbook, plans: Plans, said: Sequence[str]) -> None:
    look, placed = Look(book), dict[str, Placed]()
    for title, write in (
        ("Plans", _plans),
        ("Minerals", _minerals),
        ("Houses", _houses),
        ("Weeks", _weeks),
        ("Firm", _firm),
    ):
        write(Page(book, look, title, placed), plans)
    if said:
        page = Page(book, look, "Changes", placed)
        page.heading("What changed, and why")
        page.table(Grid("Changes", (Column("in words", "words", lambda line: line),), tuple(said)))


def _plans(page: Page, plans: Plans) -> None:
    """A row a plan, and a chart of what each costs."""
    page.heading("Plans side by side")
    columns: tuple[Column[tuple[str, Plan]], ...] = (
        Column("plan", "text", lambda p: p[0]),
        Column("status", "text", lambda p: p[1].status),
        Column("changes made", "text", lambda p: "; ".join(p[1].document.instance.changes)),
        Column("changes known from", "text", lambda p: news.since(p[1])),
        Column("tickets lost", "count", lambda p: len(p[1].lost)),
        Column("tickets late", "count", lambda p: len(p[1].late)),
        Column("total cost USD", "usd", lambda p: p[1].document.costs.total_usd),
        Column("cash USD", "usd", lambda p: p[1].document.costs.cash_usd),
        Column("weighted days short", "days", lambda p: float(p[1].judgement.measures.get("cover", 0))),
        Column("weighted days not served", "days", lambda p: float(p[1].judgement.measures.get("unmet", 0))),
        Column("targets missed", "count", lambda p: len(p[1].missed)),
        Column("tickets", "count", lambda p: len(p[1].document.tickets)),
        Column("houses", "text", lambda p: ", ".join(p[1].document.engaged)),
    )
    placed = page.table(Grid("Plans", columns, tuple(plans.items())))
    if placed:
        for n, (head, unit) in enumerate((("total cost USD", "USD"), ("weighted days short", "weighted days"))):
            chart = lying(page.book, head, placed["plan"], (Series(head, placed[head], MID),), unit=unit)
            page.chart(chart, placed, width=460, left=480 * n, rows=12)


def _minerals(page: Page, plans: Plans) -> None:
    """Days of cover and order cash of every mineral."""
    page.heading("Minerals")
    names = sorted({m for plan in plans.values() for m in plan.problem.minerals})
    days = {name: {c.mineral: c.cover_days for c in plan.document.cover} for name, plan in plans.items()}
    usd = {name: spent(plan, lambda t: t.mineral) for name, plan in plans.items()}
    rows: list[Cells] = [
        (m, {f"{n} days": days[n].get(m) for n in plans} | {f"{n} USD": usd[n].get(m, 0.0) for n in plans})
        for m in names
    ]
    page.table(Grid("Minerals", _columns("mineral", rows), tuple(rows)), freeze=True)


def _houses(page: Page, plans: Plans) -> None:
    _money(page, plans, "house", "Order cash by house", lambda t: t.house)


def _weeks(page: Page, plans: Plans) -> None:
    _money(page, plans, "week", "Order cash by week", lambda t: f"{t.week:02d}")


def _money(page: Page, plans: Plans, head: str, title: str, of: Callable[[Ticket], str]) -> None:
    page.heading(title)
    usd = {name: spent(plan, of) for name, plan in plans.items()}
    rows: list[Cells] = [
        (key, {f"{n} USD": usd[n].get(key, 0.0) for n in plans})
        for key in sorted({k for found in usd.values() for k in found})
    ]
    placed = page.table(Grid(title.replace(" ", ""), _columns(head, rows), tuple(rows)))
    if placed:
        series = tuple(Series(n, placed[f"{n} USD"], COLOURS[k % len(COLOURS)]) for k, n in enumerate(plans))
        page.chart(lying(page.book, title, placed[head], series, unit="USD", beside=True), placed)


def _columns(head: str, rows: Sequence[Cells]) -> tuple[Column[Cells], ...]:
    """The key, and a column a figure: days or USD by the end of its head."""
    first: Column[Cells] = Column(head, "text", lambda row: row[0])
    kinds: dict[str, Kind] = {"days": "days", "USD": "usd"}
    heads = list(rows[0][1]) if rows else []
    return first, *(Column(h, kinds[h.rpartition(" ")[2]], lambda row, h=h: row[1][h]) for h in heads)  # type: ignore[misc]


def _firm(page: Page, plans: Plans) -> None:
    """The tickets that every plan has."""
    page.heading("Tickets in every plan, the soonest first")
    columns: tuple[Column[Ticket], ...] = (
        Column("week", "week", lambda t: t.week),
        Column("offer", "text", lambda t: t.offer),
        Column("house", "text", lambda t: t.house),
        Column("mineral", "text", lambda t: t.mineral),
        Column("tonnes", "t", lambda t: t.tonnes),
        Column("order cash USD in the first plan", "usd", lambda t: t.order_cash_usd, sums=True),
    )
    page.table(Grid("Firm", columns, tuple(firm_tickets(plans))))
