"""One scenario solved: from the base plan, so that it is quick and changes what must change, and never raising."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property

from orebook.decisions import Decisions
from orebook.errors import InfeasibleError, InputError, NoPlanError, OrebookError, StoppedError
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.scenarios.following import following
from orebook.scenarios.outcome import Ending, Outcome, outcome_of
from orebook.scenarios.scenario import Scenario
from orebook.schema.model import Model
from orebook.solver.known import Known
from orebook.solver.options import Options
from orebook.solver.run import Run
from orebook.solver.stop import Stop


@dataclass
class Base:
    """A solved plan that what-ifs are asked of; `gap` and `time_limit_s` where the model's own do not count."""

    plan: Plan
    gap: float | None = None
    time_limit_s: float | None = None

    @cached_property
    def problem(self) -> Problem:
        """The plan's problem, with the plan as prior."""
        return following(self.plan)

    def whatif(self, *changes: str, stop: Stop | None = None) -> Plan:
        """The plan under changes, as close to this one as its measures allow. Raises as `orebook.solve` does."""
        problem = self.problem.change(*changes)
        model: Model = problem.governing(self.plan.model)
        options = Options.of(model, gap=self.gap, time_limit_s=self.time_limit_s, threads=1, audit=False)
        known = Known(Decisions.of(self.plan.document))
        return Run(problem, model, options, stop=stop or Stop(), known=known).solve().plan

    def ask(self, scenario: Scenario, stop: Stop | None = None) -> Outcome:
        """What a scenario comes to; where it has no plan, the outcome says why."""
        began = time.perf_counter()
        name, note, changes = scenario.name, scenario.note, scenario.changes
        try:
            plan = self.whatif(*changes, stop=stop)
        except OrebookError as error:
            ending, why = _ending(error), str(error)
            seconds = time.perf_counter() - began
            return Outcome(name=name, note=note, changes=changes, status=ending, why=why, seconds=seconds)
        return outcome_of(name, note, changes, plan, time.perf_counter() - began)


def _ending(error: OrebookError) -> Ending:
    kinds: tuple[tuple[type[OrebookError], Ending], ...] = (
        (InputError, "refused"),
        (InfeasibleError, "infeasible"),
        (StoppedError, "unknown"),
        (NoPlanError, "infeasible"),
    )
    return next((ending for kind, ending in kinds if isinstance(error, kind)), "failed")
