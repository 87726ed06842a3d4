"""How sure the plan is: what is proven and what is left open, when prices are from, and which inputs are assumed.

How firm each ticket is stands in `firmness`, a mineral at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.schema.document import TABLES, assumed_inputs
from orebook.schema.facts import About, Fact
from orebook.schema.head import Head
from orebook.schema.stages import STAGES


def confidence(counterfactuals: Counterfactuals) -> Iterator[Fact]:
    """Facts of the whole plan; `about.against` names the part: a stage, `audit`, `prices` or `assumed`."""
    yield from _stages(counterfactuals)
    yield _audit(counterfactuals)
    yield _prices(counterfactuals)
    yield from _assumed(counterfactuals)


def _stages(counterfactuals: Counterfactuals) -> Iterator[Fact]:
    """What each stage reached, what no plan can beat, and what is left open between them."""
    for r in counterfactuals.plan.document.stages:
        unit = STAGES[r.stage].figure_unit
        open_ = max(0.0, r.value - r.bound)
        figures = {f"value_{unit}": r.value, f"bound_{unit}": r.bound, f"gap_{unit}": open_, "gap_share": r.gap}
        yield Fact(kind="confidence", about=About(against=r.stage), figures=dict(figures), method="bound")


def _audit(counterfactuals: Counterfactuals) -> Fact:
    audit = counterfactuals.plan.audit
    figures = {"audited": float(audit is True), "timed_out": float(audit == "timed out")}
    return Fact(kind="confidence", about=About(against="audit"), figures=dict(figures), method="arithmetic")


def _prices(counterfactuals: Counterfactuals) -> Fact:
    """Order cash by where its price is from: a benchmark listed by week, one that stands still, or the offer's own.

    `about.row` is the first day of week 1 as instance.start, where there is one.
    """
    problem = counterfactuals.problem
    listed = {row.mineral: row.week for row in sorted(problem.document.rows("prices"), key=lambda row: row.week)}
    cash = {"listed_usd": 0.0, "still_usd": 0.0, "own_price_usd": 0.0}
    for t in counterfactuals.plan.document.tickets:
        own = problem.offers[t.offer].price_usd_per_t is not None
        cash["own_price_usd" if own else "listed_usd" if t.mineral in listed else "still_usd"] += t.order_cash_usd
    figures = {**cash, "minerals": float(len(problem.minerals)), "minerals_listed": float(len(listed))}
    figures |= {"last_listed_week": float(max(listed.values(), default=0)), "weeks": float(problem.weeks)}
    about = About(against="prices", row=f"instance.start={problem.start}" if problem.start else None)
    return Fact(kind="confidence", about=about, figures=dict(figures), method="arithmetic")


def _assumed(counterfactuals: Counterfactuals) -> Iterator[Fact]:
    """A fact a table of which something is marked as assumed; one alone where nothing is marked."""
    columns: dict[str, list[str]] = {}
    for name in assumed_inputs(counterfactuals.problem.document.instance.assumed):
        table, _, column = name.partition(".")
        columns.setdefault(table, []).extend([column] if column else [])
    for table, names in columns.items():
        there = TABLES[table].model_fields if table in TABLES else Head.model_fields
        row = f"{table}: {', '.join(names)}" if names else table
        figures = {"columns_assumed": float(len(names) or len(there)), "columns": float(len(there))}
        about = About(against="assumed", row=row)
        yield Fact(kind="confidence", about=about, figures=dict(figures), method="arithmetic")
    if not columns:
        about = About(against="assumed")
        yield Fact(kind="confidence", about=about, figures={"columns_assumed": 0.0}, method="arithmetic")
