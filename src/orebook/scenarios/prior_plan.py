"""A plan's instance with that plan as the prior one: what a what-if changes, so that only what must change does."""

from __future__ import annotations

from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.tables import PriorRow
from orebook.world import world_of


def with_prior(plan: Plan, placed_weeks: int = 0) -> Problem:
    """The plan's problem, with the plan's tickets in the place of its prior plan.

    Frozen weeks stay as they are, or are the first `placed_weeks` where those are more: there the plan's tickets stand.
    """
    problem = plan.problem
    if problem.world is None:
        return _with_prior(problem, plan, placed_weeks)
    before, after = (_with_prior(p, plan, placed_weeks) for p in (problem.world.before, problem.world.after))
    return world_of(before, after, problem.world.known_week, problem.world.in_transit, problem.changes)


def _with_prior(problem: Problem, plan: Plan, placed_weeks: int) -> Problem:
    prior = tuple(PriorRow(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in plan.document.tickets)
    head = problem.document.instance
    frozen = head.model_copy(update={"frozen_weeks": max(head.frozen_weeks, placed_weeks)})
    document = problem.document.model_copy(update={"prior": prior or None, "instance": frozen})
    return problem_of(document, problem.changes, problem.rules_off)
