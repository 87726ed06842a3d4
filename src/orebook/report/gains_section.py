"""What the optimizer won: the plan held against baselines, from facts."""

from __future__ import annotations

from math import isnan

from orebook import formats as f
from orebook.report.report_input import Brief, ends, number
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF, stage_of

NAMES = {
    "prior": "the prior plan, priced today",
    "thumb": "a planner's rule of thumb",
    "nothing": "buying nothing",
    "no policy": "the best plan without policy",
}


def baselines(brief: Brief) -> Table:
    """A row a baseline: how far it is off the plan, measure by measure, and what it breaks; all alike left out."""
    facts = brief.of_kind("baseline")
    columns: list[Column[Fact]] = [("held against", "left", lambda x: NAMES.get(x.about.against or "", "another plan"))]
    columns += [_more(name) for name in STAGE_OF if any(_differs(x, name) for x in facts)]
    columns += [
        ("tickets", "right", lambda x: f.grouped(number(x, "tickets"))),
        ("rows it breaks", "right", lambda x: f.grouped(number(x, "breaches")) if "breaches" in x.figures else ""),
        ("furthest", "left", lambda x: x.about.row or ""),
    ]
    return Table.of("Other plans, less this plan", facts, columns)


def _more(name: str) -> Column[Fact]:
    write = f.money if name.endswith("_usd") else f.percent if name == "fair_share" else f.days
    return f"more {stage_of(name).counts}", "right", lambda x: f.between(ends(x, name), write)


def _differs(fact: Fact, name: str) -> bool:
    return any(isnan(end) or abs(end) >= stage_of(name).least_told for end in ends(fact, name) or ())
