"""How good a problem's plans can be, stage by stage: between what no plan has less of and what a plan has.

Solved whole where that is asked for. Else relaxations give the bounds, and a rule of thumb's plan a value. What a later stage
can come to hangs on how good the earlier ones are, so it is told only where a plan has them as good as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from orebook.errors import NoPlanError, StoppedError
from orebook.formulation.build import build, stages_of
from orebook.problem import Problem
from orebook.rule_of_thumb.without_solver import unsolved
from orebook.schema.hedge_check import AtBest, CheckedWay
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.gaps import gap_of, kept_padding, most_kept, within
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run

NONE = "no plan keeps every rule"


@dataclass(frozen=True)
class Bounding:
    """How hard is looked: the gap and seconds of a solve, which a relaxation may take too."""

    gap: float
    seconds: float
    stop: Stop

    def at_best(self, problem: Problem, model: Model, *, whole: bool) -> CheckedWay:
        """The main stages' intervals, or why there are none. Policy does not give way, as it does not in a hedged plan."""
        main = model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIE_BREAKING)})
        if whole:
            options = Options.of(main, gap=self.gap, time_limit_s=self.seconds, audit=False)
            try:
                plan = Run(problem, main, options, stop=self.stop, insist=True, unaided=False).solve().plan
            except StoppedError:
                pass  # a relaxation may still say something
            except NoPlanError:
                return CheckedWay(why=NONE)
            else:
                return CheckedWay(stages={s.stage: (min(s.bound, s.value), s.value) for s in plan.document.stages})
        return self._relaxed(problem, main)

    def _relaxed(self, problem: Problem, model: Model) -> CheckedWay:
        stages = stages_of(problem, model)
        matrix = matrix_of(build(problem, model))
        values = _of_thumb(problem, model, stages)
        found = dict[str, AtBest]()
        for stage in stages:
            bound = self._bound(matrix, stage)
            if bound is None:
                return CheckedWay(why=NONE)
            value = values.get(stage)
            found[stage] = (bound if value is None else min(bound, value), value)
            if value is None or not within(gap_of(stage, value, bound), 0.0):
                break
            matrix = matrix.keeping(stage, most_kept(value, model.slack_of(stage)), kept_padding(value))
        return CheckedWay(stages=found)

    def _bound(self, matrix: Matrix, stage: StageName) -> float | None:
        """What the relaxation has at least; None where nothing keeps its rows."""
        least = least_of(matrix, stage)
        solver = Solver(tightened(matrix), self.stop)
        limits = Limits(0.0, 0.0, self.seconds, sure=True)
        relaxed = Domain.relaxed(solver.matrix)
        outcome = solver.solve(matrix.cost[stage], matrix.offset[stage], limits, part=relaxed, quiet=True)
        if outcome.ending == "infeasible":
            return None
        return max(least, outcome.bound) if isfinite(outcome.bound) else least


def _of_thumb(problem: Problem, model: Model, stages: Sequence[StageName]) -> dict[StageName, float]:
    """The measures of a plan that needs no solver; none where it breaks a rule."""
    found = unsolved(problem, model, stages, lambda: False, hurry=True)
    if found is None or found.judgement.breaches:
        return {}
    return {stage: float(found.judgement.measures[stage]) for stage in stages}
