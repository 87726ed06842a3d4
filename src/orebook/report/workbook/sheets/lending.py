"""On the sheet Money: a row a lender and week, where a source of money has a price; sums are held against the plan's costs."""

from __future__ import annotations

from orebook.accounting.lending import LentWeek
from orebook.report import lending
from orebook.report.report_input import Brief
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page

Row = tuple[str, LentWeek]


def write(page: Page, brief: Brief) -> None:
    """The loans week by week; nothing where there are none, or where this copy goes without money."""
    rows = () if brief.hides("prices") else lending.lent(brief.plan)
    if not rows:
        return
    costs = brief.plan.judgement.exact_costs
    columns: tuple[Column[Row], ...] = (
        Column("source", "text", lambda x: x[0]),
        Column("week", "week", lambda x: x[1].week),
        Column("from", "date", lambda x: brief.plan.problem.monday(x[1].week)),
        Column("drawn USD", "usd", lambda x: x[1].drawn_usd, sums=True),
        Column("repaid USD", "usd", lambda x: x[1].repaid_usd, sums=True),
        Column("balance USD", "usd", lambda x: x[1].balance_usd),
        Column("undrawn USD", "usd", lambda x: x[1].undrawn_usd),
        Column("interest USD", "cents", lambda x: x[1].interest_usd, sums=True, judge=costs["interest_usd"]),
        Column("fees USD", "cents", lambda x: x[1].fees_usd, sums=True, judge=costs["fees_usd"]),
    )
    page.heading("Loans by source and week")
    page.table(Grid("Loans", columns, rows, keys=2))
