"""How short the targets stay at best, with most tickets held: seen, not judged, to find what is worth asking in full."""

from __future__ import annotations

from collections.abc import Mapping

from orebook.errors import StoppedError
from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.gaps import most_kept
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop


def estimate_shortages(
    problem: Problem, model: Model, known: WarmStart, limits: Limits, stop: Stop
) -> Mapping[tuple[str, int], float]:
    """(mineral, week) of each target -> tonnes short after the model's stages, one by one; empty where there is no plan.

    Raises StoppedError where a limit came before one was found.
    """
    formulation = build(problem, model, closed=known.closed)
    matrix = known.with_fixed(formulation, matrix_of(formulation))
    x = None
    for stage in formulation.stages:
        outcome = Solver(tightened(matrix), stop).solve(matrix.cost[stage], matrix.offset[stage], limits, quiet=True)
        if outcome.ending == "empty-handed":
            raise StoppedError("stopped before a first plan was found")
        if not outcome.has_plan:
            return {}
        x = outcome.x
        matrix = matrix.holding(stage, most_kept(matrix.value(stage, x), model.slack_of(stage)))
    if x is None:
        return {}
    short = formulation.pyomo.short
    return {v.index(): float(t) for v, t in zip(matrix.columns, x, strict=True) if v.parent_component() is short}
