"""What the page of a plan shows of it, worked out once for a plan that never changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from orebook import formats as f
from orebook.plan import Plan
from orebook.report import cover, exposed, lending, money, proof, stores
from orebook.report.bullets import Bullets
from orebook.report.heat import Heat
from orebook.report.news import arrival
from orebook.report.table import Table
from orebook.schema.plan import Ticket

PRICED = ("floors", "duties", "commission")
"""Rules of prices, which are none of the model's and are asked after like them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket as its row says it, all but its state."""

    name: str
    """Offer and week with a / between."""
    asks: str
    """The question after it, as JSON."""
    offer: str
    week: int
    arrives: str
    """The week, or what becomes of the goods."""
    mineral: str
    house: str
    tonnes: str
    paid: str
    cash: str
    usd: float


@dataclass(frozen=True)
class Parts:
    """The plan, and the sections of its page."""

    plan: Plan
    tickets: tuple[Row, ...]
    cover: list[dict[str, Any]]
    cover_says: str
    cover_chart: Bullets
    money_says: str
    money_chart: Bullets
    money_tables: tuple[Table, ...]
    stores: Table
    exposed_says: tuple[str, ...]
    exposed_chart: Heat
    exposed_tables: tuple[Table, ...]
    rules: list[tuple[str, str, int]]
    stages: Table
    given_up: Table
    says: tuple[str, ...]
    others: list[str]


def parts_of(plan: Plan) -> Parts:
    """All of them."""
    gave = [row.rule for row in plan.document.given_up]
    rules = [(str(name), rule.level, gave.count(name)) for name, rule in plan.model.rules.items()]
    bought = {t.offer for t in plan.document.tickets}
    return Parts(
        plan=plan,
        tickets=tuple(_row(plan, t) for t in sorted(plan.document.tickets, key=_placed)),
        cover=cover.told(plan),
        cover_says=cover.headline(plan),
        cover_chart=cover.chart(plan, cover.CHART_BARS),
        money_says=money.headline(plan),
        money_chart=money.chart(plan),
        money_tables=(
            money.by_week(plan),
            money.costs(plan).fold(),
            lending.sources(plan).fold(),
            *([lending.receipts(plan).fold()] if plan.document.receipts else []),
            *(table.fold() for table in lending.loans(plan) if table.rows),
        ),
        stores=stores.table(plan),
        exposed_says=exposed.points(plan),
        exposed_chart=exposed.chart(plan),
        exposed_tables=(exposed.minerals(plan), exposed.by_week(plan)),
        rules=[*rules, *((name, "price", 0) for name in PRICED)],
        stages=proof.stages(plan).fold(),
        given_up=proof.given_up(plan),
        says=(proof.status(plan), proof.audit(plan), proof.kept(plan)),
        others=[name for name in plan.problem.offers if name not in bought],
    )


def _placed(ticket: Ticket) -> tuple[int, str, str, str]:
    return ticket.week, ticket.house.casefold(), ticket.mineral.casefold(), ticket.offer.casefold()


def _row(plan: Plan, t: Ticket) -> Row:
    name = f"{t.offer}/{t.week}"
    return Row(
        name=name,
        asks=json.dumps({"kind": "ticket", "about": name}),
        offer=t.offer,
        week=t.week,
        arrives=arrival(plan, t),
        mineral=t.mineral,
        house=t.house,
        tonnes=f.tonnes(t.tonnes),
        paid=f.grouped(t.paid_usd_per_t, 2),
        cash=f.grouped(t.order_cash_usd),
        usd=t.order_cash_usd,
    )
