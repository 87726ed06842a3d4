"""Policies, the ways of planning that are rolled beside each other, each judged by the same judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.accounting.exact_problem import exact_problem_of
from orebook.changes import changed
from orebook.errors import InfeasibleError
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.rule_of_thumb.greedy import rule_of_thumb
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run


@dataclass(frozen=True)
class SolveLimits:
    """Gap and seconds of each solve; the model's own where None."""

    gap: float | None = None
    time_limit_s: float | None = None


@dataclass(frozen=True)
class PlannedWeek:
    """A judged plan, what it is called, and how many rows it breaks or gives up."""

    status: str
    judgement: Judgement
    breaches: int
    plan: Plan | None = None


@dataclass(frozen=True)
class Policy:
    """A way of planning a week; `foresight`: it knows the prices of all its weeks, and not only today's."""

    name: str
    says: str
    plan: Callable[[Problem, Model, SolveLimits, Stop], PlannedWeek]
    foresight: bool = False


def _solved(problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
    """The plan; where frozen orders, dearer than when they were planned, leave none, one that is free to drop them."""
    model = problem.governing(model)
    options = Options.of(model, gap=limits.gap, time_limit_s=limits.time_limit_s, threads=1, audit=False)
    thawed = ""
    try:
        plan = Run(problem, model, options, stop=stop).solve().plan
    except InfeasibleError:
        if not any(map(problem.frozen, range(1, problem.weeks + 1))):
            raise
        plan = Run(changed(problem, ["instance.frozen_weeks=0"]), model, options, stop=stop).solve().plan
        thawed = ", thawed"
    by = f", {plan.document.unaided}" if plan.document.unaided else ""
    return PlannedWeek(plan.status + by + thawed, plan.judgement, len(plan.document.given_up), plan)


def _solved_without_changes(problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
    stages = tuple(s for s in model.stages if s.stage != "changes")
    return _solved(problem, model.model_copy(update={"stages": stages}), limits, stop)


def _by_rule_of_thumb(problem: Problem, model: Model, _limits: SolveLimits, stop: Stop) -> PlannedWeek:
    model = problem.governing(model)
    judgement = Judge(problem, model).judge(rule_of_thumb(exact_problem_of(problem, model), lambda: stop.asked))
    return PlannedWeek("thumb", judgement, len(judgement.breaches))


RULE_OF_THUMB = "a rule of thumb: a day of use at a time for what is worst off, from the cheapest offer"

POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("plan", "solved each week, as close to the last plan as it may be", _solved),
        Policy("no changes", "solved each week, without the stage `changes`", _solved_without_changes),
        Policy("foresight", "solved each week, knowing the prices to come", _solved, foresight=True),
        Policy("thumb", RULE_OF_THUMB, _by_rule_of_thumb),
    )
}
"""By name, in the order in which they are listed."""
