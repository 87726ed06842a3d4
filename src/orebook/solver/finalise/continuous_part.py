"""The continuous part of a point, solved again where its integers are fixed: a linear program, solved finely."""

from __future__ import annotations

import numpy as np

from orebook.schema.stages import StageName
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Places
from orebook.solver.lp.solver import FINE_TOLERANCE, Solver

MAX_S = 60.0
"""For a linear program; none that was measured takes a tenth of it."""


def continuous_part(solver: Solver, stage: StageName, integers: Floats, none: Places) -> Floats | None:
    """The point with these integers that is best in a stage, its columns of `none` at their least; None where there is none.

    Solved to a fine tolerance, as at the solver's own 3 t may come out as 2.999999994 and be rounded down by a gram; at that
    only where the fine one leaves no point, as integers may be off a row by the search's tolerance.
    """
    matrix, fixed = solver.matrix, solver.matrix.integer
    upper = np.where(fixed, integers, matrix.upper)
    upper[none] = matrix.lower[none]
    part = Domain(np.where(fixed, integers, matrix.lower), upper, np.zeros_like(fixed))
    for feasibility in (FINE_TOLERANCE, None):
        limits = Limits(0.0, 0.0, MAX_S, ignore_stop=True, feasibility=feasibility)
        outcome = solver.solve(matrix.cost[stage], matrix.offset[stage], limits, None, part, quiet=True)
        if outcome.has_plan:
            return np.where(fixed, integers, outcome.x)
    return None
