"""How good the plan is and how that is known: status, audit, stages with their gaps, and what was given up."""

from __future__ import annotations

from math import ceil

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.table import Column, Table
from orebook.schema.plan import GivenUp, StageResult
from orebook.schema.stages import STAGES

NEGLIGIBLE_GAP = 1e-6
STATUS = {
    "optimal": "Optimal: every stage is proven to be within the gap asked for (tie-breaking stages apart).",
    "feasible": "Feasible: the plan keeps the rules; not every stage is proven to be within the gap asked for.",
}
AUDIT = {
    True: "Audited: a second path confirmed the proof.",
    False: "Not audited: no second path has confirmed the proof.",
    "timed out": "Audit timed out: no second path has confirmed the proof.",
}


def status(plan: Plan) -> str:
    """What the status means."""
    said = plan.unaided
    return f"{STATUS[plan.status]} {said[:1].upper()}{said[1:]}." if said else STATUS[plan.status]


def audit(plan: Plan) -> str:
    """What the audit said."""
    return AUDIT[plan.audit]


def stages(plan: Plan) -> Table:
    """A row a stage: what it reached, what no plan can beat, and the gap between them in the stage's own unit."""
    columns: list[Column[StageResult]] = [
        ("stage", "left", lambda s: s.stage),
        ("in", "left", lambda s: STAGES[s.stage].unit),
        ("reached", "right", lambda s: _measure(s, s.value)),
        ("no plan beats", "right", lambda s: _measure(s, _bound(s))),
        ("gap", "right", lambda s: _measure(s, 0.0 if s.value < s.bound else s.value - _bound(s))),
        ("gap %", "right", lambda s: f.percent(s.gap)),
        ("this plan", "right", lambda s: _measure(s, s.final)),
        ("s", "right", lambda s: f.grouped(s.seconds, 1)),
    ]
    return Table.of("Stages, each kept by the next within its slack", plan.document.stages, columns)


def _bound(stage: StageResult) -> float:
    """The bound; of what is counted, the next whole number."""
    counted = STAGES[stage.stage].unit in ("orders", "tickets")
    return float(ceil(stage.bound - NEGLIGIBLE_GAP)) if counted else stage.bound


def _measure(stage: StageResult, x: float) -> str:
    return f.amount(x, STAGES[stage.stage].unit)


def kept(plan: Plan) -> str:
    """How many policy rows gave way."""
    rows = len(plan.document.given_up)
    return (
        f"{f.count(rows, 'policy row')} gave way; each is listed with how far it is exceeded."
        if rows
        else "No policy row gave way."
    )


def given_up(plan: Plan) -> Table:
    """A row a policy row that no plan could keep together with the rest."""
    columns: list[Column[GivenUp]] = [
        ("rule", "left", lambda g: g.rule),
        ("row", "left", lambda g: g.row),
        ("exceeded by", "right", lambda g: f.quantity(g.by, g.unit)),
        ("why", "left", lambda g: g.why),
    ]
    return Table.of("Policy given up", plan.document.given_up, columns)
