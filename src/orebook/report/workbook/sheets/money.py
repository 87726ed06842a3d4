"""Money: a row a week, what is paid to date against what is released, and what is drawn from each source."""

from __future__ import annotations

from typing import Any

from orebook.accounting.weeks import CashWeek
from orebook.report.report_input import Brief
from orebook.report.workbook.charts import DARK, MARK, MID, Series, bars
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import CHART_ROWS, Page
from orebook.report.workbook.sheets import lending

NAME = "Money"
PAID, TO_DATE, RELEASED, DUE, ENGAGE = (
    "paid USD",
    "paid to date USD",
    "released to date USD",
    "orders under way USD",
    "engagement fees USD",
)


def write(page: Page, brief: Brief) -> None:
    """The weeks; sums are held against the plan's costs."""
    page.heading("Money")
    page.say("What is paid each week of the plan and where it is drawn from, in USD.")
    placed = page.table(Grid(NAME, _columns(brief), brief.plan.judgement.cash), freeze=True)
    chart = chart_of(page)
    if placed and chart:
        page.chart(chart, placed)
        page.row = max(page.row, placed.heads + CHART_ROWS)  # what follows may be wider than what the chart is beside
    lending.write(page, brief)


def chart_of(page: Page) -> Any:
    """What is paid to date against what is released; None where this copy goes without them."""
    placed = page.placed.get(NAME)
    if placed is None or not placed.has(PAID, TO_DATE):
        return None
    released = (Series("released to date", placed[RELEASED], MARK, "line"),) if placed.has(RELEASED) else ()
    paid = (Series("paid to date", placed[TO_DATE], MID), Series("of it in the week", placed[PAID], DARK))
    return bars(page.book, "Money by week", placed["week"], (*paid, *released), unit="USD", most=None)


def _columns(brief: Brief) -> tuple[Column[CashWeek], ...]:
    costs, cash = brief.plan.judgement.exact_costs, brief.plan.judgement.cash
    orders = costs["cash_usd"] - costs["engage_fees_usd"] - costs["due_usd"]
    columns: list[Column[CashWeek]] = [
        Column("week", "week", lambda w: w.week),
        Column("from", "date", lambda w: brief.plan.problem.monday(w.week)),
        Column("orders USD", "usd", lambda w: w.orders_usd, sums=True, judge=orders),
        Column(ENGAGE, "usd", lambda w: w.engage_usd, sums=True, judge=costs["engage_fees_usd"]),
        Column(DUE, "usd", lambda w: w.due_usd, sums=True, judge=costs["due_usd"]),
        Column(PAID, "usd", lambda w: w.cash_usd, sums=True, judge=costs["cash_usd"]),
        Column(TO_DATE, "usd", lambda w: w.cash_to_date_usd),
    ]
    if any(w.released_to_date_usd is not None for w in cash):
        columns.append(Column(RELEASED, "usd", lambda w: w.released_to_date_usd))
    sources = brief.plan.problem.sources
    columns += [_drawn(source) for source in sources]
    if brief.plan.problem.money_returns_from is not None:
        columns.append(Column("comes in USD", "usd", lambda w: w.receipts_usd, sums=True, judge=costs["receipts_usd"]))
        columns += [_repaid(source) for source in sources]
        columns.append(Column("left idle USD", "usd", lambda w: w.idle_usd))
    return tuple(columns)


def _repaid(source: str) -> Column[CashWeek]:
    return Column(f"back to {source} USD", "usd", lambda w: w.repays_usd.get(source, 0), sums=True)


def _drawn(source: str) -> Column[CashWeek]:
    return Column(f"from {source} USD", "usd", lambda w: w.draws_usd.get(source, 0), sums=True)
