"""A way that plans once and keeps to it: what would have been, had nothing come between."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.accounting.exact_problem import exact_problem_of
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.rolling.policies import POLICIES, PlannedWeek, Policy, SolveLimits
from orebook.rule_of_thumb.prior_plan import prior_today
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop


@dataclass
class _CarryOn:
    """Its first week is planned already, or with a solve; each later one is the rest of that plan, placed as it stands."""

    first: PlannedWeek | None
    begun: bool = False

    def plan(self, problem: Problem, model: Model, limits: SolveLimits, stop: Stop) -> PlannedWeek:
        """A week."""
        if not self.begun:
            self.begun = True
            return self.first or POLICIES["plan"].plan(problem, model, limits, stop)
        governing = problem.governing(model)
        judgement = Judge(problem, governing).judge(prior_today(exact_problem_of(problem, governing))[0])
        return PlannedWeek("as planned", judgement, len(judgement.breaches))


def carrying_on(name: str, says: str, first: PlannedWeek | None) -> Policy:
    """The way under a name, `first` being its first week where that is planned already; for one course, as it remembers
    that it has begun."""
    return Policy(name, says, _CarryOn(first).plan)
