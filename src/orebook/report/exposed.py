"""Goods under way, and what a bar that nobody foresees would strand of them: sentences, a map and tables."""

from __future__ import annotations

from math import isnan

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.heat import Heat
from orebook.report.table import Column, Table
from orebook.under_way import Exposed, MineralUnderWay, UnderWay, exposed_of

MAX_ORIGINS, MAX_POINTS = 20, 8
"""Rows of the map, and sentences, at most."""
MEANS = (
    "Goods under way at the end of a week are ordered and not yet arrived. A bar in the next week that nobody foresees strands "
    "them: what was paid on order is lost, what falls due on arrival is not paid. Orders from before the plan are not counted."
)


def points(plan: Plan) -> tuple[str, ...]:
    """The worst week of each origin in a sentence, the worst origin first."""
    said = [each.bar(each.worst).says for each in exposed_of(plan.problem, plan.judgement)]
    more = len(said) - MAX_POINTS
    rest = [f"{f.count(more, 'origin')} more: in the tables."] if more > 0 else []
    return (*said[:MAX_POINTS], *rest)


def chart(plan: Plan) -> Heat:
    """USD, as ordered, that a bar in each week would strand, by origin."""
    found = [each for each in exposed_of(plan.problem, plan.judgement) if each.worst][:MAX_ORIGINS]
    usd = [[float(week.order_cash_usd) for week in each.weeks[:-1]] for each in found]
    unit, size = f.scale(max((x for row in usd for x in row if not isnan(x)), default=0.0))
    return Heat(
        "What an unforeseen bar would strand, by its week",
        unit,
        "origin",
        "week of the bar",
        tuple(each.origin for each in found),
        tuple(str(week.bar_week) for week in found[0].weeks[:-1]) if found else (),
        tuple(tuple(x / size for x in row) for row in usd),
    )


def by_week(plan: Plan) -> Table:
    """A row an origin and week at whose end anything is under way."""
    columns: list[Column[UnderWay]] = [
        ("origin", "left", lambda u: u.origin),
        ("end of week", "right", lambda u: str(u.week)),
        ("tickets", "right", lambda u: str(u.tickets)),
        ("minerals", "right", lambda u: str(len(u.minerals))),
        ("t", "right", lambda u: f.tonnes(u.tonnes)),
        ("as ordered, USD", "right", lambda u: f.money(u.order_cash_usd)),
        ("paid by then, USD", "right", lambda u: f.money(u.paid_usd)),
    ]
    listed = [week for each in exposed_of(plan.problem, plan.judgement) for week in each.weeks if week.minerals]
    return Table.of("Goods under way by origin and week", listed, columns).fold()


def minerals(plan: Plan) -> Table:
    """A row a mineral that the worst bar on an origin strands."""
    columns: list[Column[tuple[Exposed, UnderWay, MineralUnderWay]]] = [
        ("origin", "left", lambda x: x[0].origin),
        ("bar in week", "right", lambda x: str(x[1].bar_week)),
        ("mineral", "left", lambda x: x[2].mineral),
        ("tickets", "right", lambda x: str(x[2].tickets)),
        ("t", "right", lambda x: f.tonnes(x[2].tonnes)),
        ("as ordered, USD", "right", lambda x: f.money(x[2].order_cash_usd)),
        ("paid by then, USD", "right", lambda x: f.money(x[2].paid_usd)),
        ("days of use", "right", lambda x: "" if x[2].cover_days is None else f.days(x[2].cover_days)),
    ]
    worst = [(each, each.worst) for each in exposed_of(plan.problem, plan.judgement) if each.worst]
    listed = [(each, bar, mineral) for each, bar in worst for mineral in bar.minerals]
    return Table.of("What the worst bar on each origin would strand, by mineral", listed, columns).fold()
