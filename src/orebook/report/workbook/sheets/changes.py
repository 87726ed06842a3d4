"""Changes: this plan's orders against the prior plan's, and what ties them to the input."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.report.report_input import Brief
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets.buys import order_cash_of
from orebook.report.workbook.sheets.facts import facts_grid

SAME_TONNES_T = 1e-6
"""Tonnes by which an order may differ and still be the same, as the stage `changes` has it."""


@dataclass(frozen=True, slots=True)
class Order:
    """An offer and week of either plan, in tonnes; 0: no order."""

    offer: str
    week: int
    before: float
    now: float

    @property
    def what(self) -> str:
        """What became of it."""
        if abs(self.now - self.before) <= SAME_TONNES_T and self.before and self.now:
            return "kept"
        return "added" if not self.before else "dropped" if not self.now else "altered"


def write(page: Page, brief: Brief) -> None:
    """The orders of both plans; their changes are held against the judge's measure."""
    facts = brief.of_kind("difference")
    page.heading("Changes")
    if not brief.plan.problem.prior:
        page.say("There is no prior plan.")
    else:
        page.say("Against the prior plan, week by week; a moved order is one dropped and one added.")
        page.freeze_title()
        page.table(Grid("Changes", _columns(brief), _orders(brief)), freeze=not facts)
    if facts:
        page.heading("What the changes come from")
        page.table(facts_grid("Differences", brief, facts))


def _orders(brief: Brief) -> tuple[Order, ...]:
    now = {(t.offer, t.week): t.tonnes for t in brief.plan.document.tickets}
    prior = brief.plan.problem.prior
    orders = (Order(*key, prior.get(key, 0.0), now.get(key, 0.0)) for key in {**now, **prior})
    return tuple(sorted((o for o in orders if o.before or o.now), key=lambda o: (o.what == "kept", o.week, o.offer)))


def _columns(brief: Brief) -> tuple[Column[Order], ...]:
    offers, judge = brief.plan.problem.offers, order_cash_of(brief.plan)
    cash = {(t.offer, t.week): t.order_cash_usd for t in brief.plan.document.tickets}
    columns: list[Column[Order]] = [
        Column("offer", "text", lambda o: o.offer),
        Column("week", "week", lambda o: o.week),
        Column("from", "date", lambda o: brief.plan.problem.monday(o.week)),
        Column("what", "text", lambda o: o.what),
        Column("mineral", "text", lambda o: offers[o.offer].mineral if o.offer in offers else None),
        Column("house", "text", lambda o: offers[o.offer].house if o.offer in offers else None),
        Column("before t", "t", lambda o: o.before),
        Column("now t", "t", lambda o: o.now),
        Column("more t", "t", lambda o: o.now - o.before, sums=True),
        Column("order cash now USD", "usd", lambda o: cash.get((o.offer, o.week)), sums=True, judge=judge),
        Column("changes", "count", lambda o: int(o.what != "kept"), sums=True, judge=_changes(brief)),
        Column("frozen", "text", lambda o: "yes" if brief.plan.problem.frozen(o.week) else "no"),
    ]
    return tuple(columns)


def _changes(brief: Brief) -> float | None:
    measure = brief.plan.judgement.measures.get("changes")
    return None if measure is None else int(measure)
