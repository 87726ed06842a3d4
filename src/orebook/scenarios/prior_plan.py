"""A plan's instance with that plan as the prior one: what a what-if changes, so that only what must change does."""

from __future__ import annotations

from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.tables import PriorRow


def with_prior(plan: Plan) -> Problem:
    """The plan's problem, with the plan's tickets in the place of its prior plan.

    Frozen weeks stay as they are: there the plan's tickets are the prior plan's.
    """
    prior = tuple(PriorRow(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in plan.document.tickets)
    document = plan.problem.document.model_copy(update={"prior": prior or None})
    return problem_of(document, plan.problem.changes, plan.problem.rules_off)
