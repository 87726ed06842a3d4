"""What the page of a plan shows of it, worked out once for a plan that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orebook.plan import Plan
from orebook.report import cover, money, proof, stores
from orebook.report.bullets import Bullets
from orebook.report.table import Table

PRICED = ("floors", "duties", "commission")
"""Rules of prices, which are none of the model's and are asked after like them."""


@dataclass(frozen=True)
class Parts:
    """The sections of the page."""

    cover: list[dict[str, Any]]
    cover_says: str
    cover_chart: Bullets
    money_says: str
    money_chart: Bullets
    money_tables: tuple[Table, ...]
    stores: Table
    rules: list[tuple[str, str, int]]
    stages: Table
    given_up: Table
    says: tuple[str, ...]
    others: list[str]


def parts(plan: Plan) -> Parts:
    """All of them."""
    gave = [row.rule for row in plan.document.given_up]
    rules = [(str(name), rule.level, gave.count(name)) for name, rule in plan.model.rules.items()]
    bought = {t.offer for t in plan.document.tickets}
    return Parts(
        cover=cover.listed(plan),
        cover_says=cover.headline(plan),
        cover_chart=cover.chart(plan, cover.CHART_BARS),
        money_says=money.headline(plan),
        money_chart=money.chart(plan),
        money_tables=(money.by_week(plan), money.costs(plan).fold(), money.sources(plan).fold()),
        stores=stores.table(plan),
        rules=[*rules, *((name, "price", 0) for name in PRICED)],
        stages=proof.stages(plan).fold(),
        given_up=proof.given_up(plan),
        says=(proof.status(plan), proof.audit(plan), proof.kept(plan)),
        others=[name for name in plan.problem.offers if name not in bought],
    )
