"""Policies, the ways of planning that are rolled beside each other, each judged by the same judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from orebook.accounting.exact_problem import exact_problem_of
from orebook.changes import changed
from orebook.errors import InfeasibleError, NoPlanError, SolveError
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.risk_measure import RiskMeasure
from orebook.rolling.as_it_stands import as_it_stands
from orebook.rule_of_thumb.greedy import rule_of_thumb
from orebook.schema.model import Model
from orebook.solver.hedge.solving import solve_hedge
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.parameters import SHARES, TimeShares
from orebook.solver.run.run import Run
from orebook.world import world_of


@dataclass(frozen=True)
class SolveLimits:
    """Gap and seconds of each solve, the model's own where None, and how the seconds are shared out over its stages.

    The first week has `first_times` as many seconds: it begins from no plan of a week before.
    """

    gap: float | None = None
    time_limit_s: float | None = None
    shares: TimeShares = SHARES
    first_times: float = 1.0

    def of_week(self, k: int) -> SolveLimits:
        """Those of the week `k` weeks after the first."""
        if k or self.time_limit_s is None:
            return self
        return replace(self, time_limit_s=self.first_times * self.time_limit_s)

    def options(self, model: Model) -> Options:
        """Those of a solve."""
        options = Options.of(model, gap=self.gap, time_limit_s=self.time_limit_s, threads=1, audit=False)
        return replace(options, shares=self.shares)


@dataclass(frozen=True)
class PlannedWeek:
    """A judged plan, what it is called, and how many rows it breaks or gives up."""

    status: str
    judgement: Judgement
    breaches: int
    plan: Plan | None = None


@dataclass(frozen=True)
class Policy:
    """A way of planning a week.

    `foresight`: it knows prices and shocks of all its weeks, and not only today's. `futures`: it plans for those listed.
    """

    name: str
    says: str
    plan: Callable[[Problem, Model, SolveLimits, Stop], PlannedWeek]
    foresight: bool = False
    futures: bool = False


def _solved(problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
    """The plan; where frozen orders, dearer than when they were planned, leave none, one that is free to drop them."""
    model = problem.governing(model)
    options = limits.options(model)
    thawed = ""
    try:
        plan = Run(problem, model, options, stop=stop).solve().plan
    except InfeasibleError:
        if not any(map(problem.frozen, range(1, problem.weeks + 1))):
            raise
        plan = Run(_thawed(problem), model, options, stop=stop).solve().plan
        thawed = ", thawed"
    by = f", {plan.document.unaided}" if plan.document.unaided else ""
    return PlannedWeek(plan.status + by + thawed, plan.judgement, len(plan.document.given_up), plan)


def _thawed(problem: Problem) -> Problem:
    """The problem without frozen weeks, in every world that it has."""
    if (world := problem.world) is None:
        return changed(problem, ["instance.frozen_weeks=0"])
    before, after = _thawed(world.before), _thawed(world.after)
    return world_of(before, after, world.known_week, world.in_transit, problem.changes)


def _solved_without_changes(problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
    stages = tuple(s for s in model.stages if s.stage != "changes")
    return _solved(problem, model.model_copy(update={"stages": stages}), limits, stop)


def _hedged(problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
    """The orders that do best over all futures ahead, and the rest as if nothing came of them; where no orders leave all of
    them a plan, or none is left to hedge against, the plan of the instance as it stands."""
    if not problem.futures:
        return _solved(problem, model, limits, stop)
    governing = problem.governing(model)
    options = limits.options(governing)
    try:
        hedged = solve_hedge(problem, governing, options, RiskMeasure(), stop)
    except (NoPlanError, SolveError):
        unhedged = _solved(problem, model, limits, stop)
        return replace(unhedged, status=f"{unhedged.status}, not hedged")
    main = hedged.main
    judgement = main.judgement if main.problem == problem else as_it_stands(problem, governing, main)
    return PlannedWeek(hedged.status, judgement, 0)


def _by_rule_of_thumb(problem: Problem, model: Model, _limits: SolveLimits, stop: Stop) -> PlannedWeek:
    model = problem.governing(model)
    judgement = Judge(problem, model).judge(rule_of_thumb(exact_problem_of(problem, model), lambda: stop.asked))
    return PlannedWeek("thumb", judgement, len(judgement.breaches))


RULE_OF_THUMB = "a rule of thumb: a day of use at a time for what is worst off, from the cheapest offer"

POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("plan", "solved each week, as close to the last plan as it may be", _solved),
        Policy("hedged", "orders that stand whatever of the listed futures comes", _hedged, futures=True),
        Policy("no changes", "solved each week, without the stage `changes`", _solved_without_changes),
        Policy("foresight", "solved each week, knowing what is to come", _solved, foresight=True),
        Policy("thumb", RULE_OF_THUMB, _by_rule_of_thumb),
    )
}
"""By name, in the order in which they are listed."""
