"""Houses: what each is given and may be given; the same by origin and by mineral."""

from __future__ import annotations

from collections.abc import Mapping

from orebook.formats import Amount, total
from orebook.report.buys import Group, grouped_by, order_cash
from orebook.report.report_input import Brief
from orebook.report.workbook.charts import MARK, MID, PERCENT, Series, bars
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets.buys import order_cash_of
from orebook.schema.tables import ShareBy

PART, MOST = "of all order cash", "most of all order cash"
Columns = list[Column[Group]]


def write(page: Page, brief: Brief) -> None:
    """Three tables of sums over the tickets, most money first, and a chart of the houses' shares."""
    page.heading("Houses")
    page.say("Sums over the tickets, most money first.")
    page.freeze_title()
    houses = Grid("Houses", _houses(brief), tuple(grouped_by(brief.plan, lambda t: t.house)))
    placed = page.table(houses)
    for title, name, columns, key in (
        ("Origins", "Origins", _origins(brief), lambda t: t.origin or "not named"),
        ("Minerals", "Minerals", _minerals(brief), lambda t: t.mineral),
    ):
        if brief.plan.document.tickets:
            page.heading(title)
            page.table(Grid(name, columns, tuple(grouped_by(brief.plan, key))))
    if placed and placed.has("house", PART):
        most = (Series("most", placed[MOST], MARK, "marks"),) if placed.has(MOST) else ()
        shares = (Series("of all order cash", placed[PART], MID), *most)
        chart = bars(page.book, "Houses' shares", placed["house"], shares, unit=PART, most=1, form=PERCENT)
        page.chart(chart, placed)


def _houses(brief: Brief) -> tuple[Column[Group], ...]:
    houses = brief.plan.problem.houses
    columns: Columns = [
        Column("house", "text", lambda g: g[0]),
        *_sums(brief),
        *_most(brief, "house"),
        Column("commission USD", "usd", lambda g: total(t.commission_usd for t in g[1]), sums=True),
        Column("commission %", "number", lambda g: houses[g[0]].commission_pct),
        Column("most USD", "usd", lambda g: houses[g[0]].max_spend_usd),
        Column("most t", "t", lambda g: houses[g[0]].capacity_t),
        Column("most t a week", "t", lambda g: houses[g[0]].weekly_capacity_t),
        Column("engaged", "text", lambda g: "before" if houses[g[0]].engaged else "by this plan"),
    ]
    return tuple(columns)


def _origins(brief: Brief) -> tuple[Column[Group], ...]:
    origins = brief.plan.problem.origins
    group: Column[Group] = Column("group", "text", lambda g: origins[g[0]].group if g[0] in origins else None)
    return (Column("origin", "text", lambda g: g[0]), group, *_sums(brief), *_most(brief, "origin"))


def _minerals(brief: Brief) -> tuple[Column[Group], ...]:
    minerals = brief.plan.problem.minerals
    return (
        Column("mineral", "text", lambda g: g[0]),
        *_sums(brief),
        Column("houses", "count", lambda g: len({t.house for t in g[1]})),
        Column(
            "first arrival, week",
            "week",
            lambda g: min((t.arrives for t in g[1] if t.arrives is not None), default=None),
        ),
        Column("budget USD", "usd", lambda g: minerals[g[0]].budget_usd),
    )


def _sums(brief: Brief) -> Columns:
    whole = order_cash(brief.plan.document.tickets)
    return [
        Column("tickets", "count", lambda g: len(g[1]), sums=True, judge=len(brief.plan.document.tickets)),
        Column("tonnes", "t", lambda g: total(t.tonnes for t in g[1]), sums=True),
        Column("order cash USD", "usd", lambda g: order_cash(g[1]), sums=True, judge=order_cash_of(brief.plan)),
        Column(PART, "share", lambda g: _part(order_cash(g[1]), whole), sums=True),
    ]


def _most(brief: Brief, by: ShareBy) -> Columns:
    """The largest share of all order cash, where a row of shares says one."""
    most: Mapping[str, float | None] = {
        s.name: s.max_share for s in brief.plan.problem.shares if (s.mineral, s.by) == ("*", by)
    }
    return [Column(MOST, "share", lambda g: most.get(g[0]))] if any(x is not None for x in most.values()) else []


def _part(of: Amount, whole: Amount) -> Amount | None:
    return of / whole if whole else None
