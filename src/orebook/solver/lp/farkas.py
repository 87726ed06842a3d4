"""An exact proof that a linear relaxation has no point: the solver's dual ray, held against weak duality in fractions."""

from __future__ import annotations

import numpy as np

from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_bound
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop


def farkas_proof(matrix: Matrix, stop: Stop, seconds: float = 60.0) -> bool:
    """Whether the relaxation is proven to have no point, within so many seconds; False says nothing."""
    ray = Solver(matrix, stop).dual_ray(Domain.relaxed(matrix), Limits(0.0, 0.0, seconds))
    return ray is not None and (proves_empty(matrix, ray) or proves_empty(matrix, -ray))


def proves_empty(matrix: Matrix, y: Floats) -> bool:
    """Whether these multipliers prove that no point within the bounds keeps every row, in exact arithmetic."""
    bound = dual_bound(matrix, np.zeros(len(matrix.lower)), y)
    return bound is not None and bound > 0
