"""The report, part by part, before it is a page or a markdown file: both say the same."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from orebook.plan import Plan
from orebook.report import buys, cover, money, proof, stores
from orebook.report import formats as f
from orebook.report.bullets import Bullets
from orebook.report.table import Table

TOP = 10
"""Rows shown among the answers, where the whole table stands among the details."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with an id, sentences, a command to type, at most one chart, and tables with at least a row."""

    id: str
    title: str
    texts: tuple[str, ...] = ()
    command: str = ""
    chart: Bullets | None = None
    tables: tuple[Table, ...] = ()


def sections(plan: Plan) -> tuple[Section, ...]:
    """The parts of the report, in the order in which a planner asks for them."""
    return (*_answers(plan), *_details(plan))


def _answers(plan: Plan) -> tuple[Section, ...]:
    short = [r for r in cover.listed(plan) if r["short_days"] > 0]
    return (
        _section(
            "buy",
            "What we buy",
            buys.headline(plan),
            tables=(buys.by_mineral(plan).first(TOP, "minerals under Tickets"),),
        ),
        _section("cost", "What it costs", money.headline(plan), tables=(money.costs(plan),)),
        _section(
            "short",
            "Where we stay short",
            cover.headline(plan),
            chart=cover.chart(plan),
            tables=(cover.table("Targets that stay short", short).first(TOP, "under Cover"), cover.unserved(plan)),
        ),
        _section("proof", "How good it is", proof.status(plan), proof.audit(plan), tables=(proof.stages(plan),)),
        _section("given-up", "What was given up", proof.kept(plan), tables=(proof.given_up(plan),)),
    )


def _details(plan: Plan) -> tuple[Section, ...]:
    return (
        _section(
            "tickets",
            "Tickets",
            "The sums by mineral, most money first; then every ticket by week, house and mineral.",
            tables=(buys.by_mineral(plan), buys.tickets_full(plan)),
        ),
        _section("cover", "Cover", tables=(cover.table("Every target, shortest first", cover.listed(plan)),)),
        _section("money", "Money by week", chart=money.chart(plan), tables=(money.by_week(plan),)),
        _section("stores", "Stores", tables=(stores.table(plan),)),
        _section("houses", "Houses", tables=(buys.houses(plan),)),
        _section("origins", "Origins", tables=(buys.origins(plan),)),
        _method(plan),
    )


def _section(
    name: str, title: str, *texts: str, chart: Bullets | None = None, tables: tuple[Table, ...] = ()
) -> Section:
    """A section without what has nothing to show."""
    drawn = chart if chart and chart.bars else None
    return Section(name, title, texts, chart=drawn, tables=tuple(t for t in tables if t.rows))


def _method(plan: Plan) -> Section:
    stamp, weights = plan.document.instance, plan.model.weights
    sets = "".join(f" --set {shlex.quote(change)}" for change in stamp.changes)
    return Section(
        "method",
        "How to check",
        (
            f"Every figure here follows from the tickets, puts, outs and draws in plan.json and from the instance "
            f"{stamp.name} (digest {stamp.digest}), worked out in exact arithmetic without the solver.",
            f"A day of cover is one day of use of a mineral. Weighted days count each day short by its criticality, "
            f"and a day short of the critical part {f.plain(weights.critical_weight, 6)} times on top. A stage keeps "
            f"what the stages before it reached, within their slack. Model {plan.model.name}, digest "
            f"{plan.document.model.digest}.",
        ),
        command=f"orebook verify INSTANCE plan.json --model {shlex.quote(plan.model.name)}{sets}",
    )
