"""Programs in which the orders of the first weeks are those of a plan."""

from __future__ import annotations

from dataclasses import replace

from orebook.decisions import Decisions
from orebook.formulation.build import Formulation
from orebook.plan import Plan
from orebook.solver.alternatives.warm_start import order_amounts, order_variables
from orebook.solver.hedge.futures import now_weeks
from orebook.solver.hedge.joint_program import JointProgram, key_of
from orebook.solver.lp.matrix import Matrix


def with_tickets(program: Matrix, formulation: Formulation, plan: Plan, weeks: int) -> Matrix:
    """A future's own program with the orders of the first `weeks` as they are in a plan."""
    place = {key_of(v): j for j, v in enumerate(program.columns)}
    lower, upper = program.lower.copy(), program.upper.copy()
    for j, value in _held(place, formulation, plan, weeks).items():
        lower[j] = upper[j] = value
    return replace(program, lower=lower, upper=upper)


def with_now_tickets(joint: JointProgram, plan: Plan) -> Matrix:
    """The joint program with the orders of the weeks that are now as they are in a plan."""
    matrix, now = joint.matrix, now_weeks(joint.futures)
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for future, formulation in enumerate(joint.formulations):
        for j, value in _held(dict(joint.columns(future)), formulation, plan, now).items():
            lower[j] = upper[j] = value
    return replace(matrix, lower=lower, upper=upper)


def _held(place: dict[tuple[str, object], int], formulation: Formulation, plan: Plan, weeks: int) -> dict[int, float]:
    """Column -> value of each order of the first weeks; those that the plan does not place are 0."""
    orders = {(o.offer, o.week): o for o in Decisions.of(plan.document).orders}
    held: dict[int, float] = {}
    for slot in (s for s in formulation.slots if s.week <= weeks):
        amounts = order_amounts(slot, orders.get(slot.key))
        for name, tier in order_variables(slot):
            j = place.get((name, (*slot.key, tier)))
            if j is not None:
                held[j] = amounts.get((name, tier), 0.0)
    return held
