"""An exact proof that a linear relaxation has no point: Farkas' lemma in fractions.

For multipliers y of the rows, every x within its bounds has  y A x <= max over the bounds of (y A) x.  Where that is less
than the least that the row sides force y A x to be, there is no x. Any y will do, so the solver's dual ray needs no trust:
it is made exact and the inequality is checked in fractions. Farkas, J. reine angew. Math. 124 (1902) 1-27.
"""

from __future__ import annotations

import numpy as np

from orebook.exact import Fraction
from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Floats, Matrix
from orebook.solver.stop import Stop


def farkas_proof(matrix: Matrix, stop: Stop) -> bool:
    """Whether the relaxation is proven to have no point; False says nothing."""
    part = Part(matrix.lower, matrix.upper, np.zeros_like(matrix.integer))
    solver = Solver(matrix, stop)
    ray = solver.dual_ray(part, Limits(0.0, 0.0, 60.0))
    return ray is not None and (proves_empty(matrix, ray) or proves_empty(matrix, -ray))


def proves_empty(matrix: Matrix, y: Floats) -> bool:
    """Whether these multipliers prove that no point within the bounds keeps every row, in exact arithmetic."""
    y = np.where(np.abs(y) < 1e-12 * max(1e-300, float(np.abs(y).max(initial=0.0))), 0.0, y)
    least = Fraction(0)
    for k in np.flatnonzero(y):
        side = matrix.row_lower[k] if y[k] > 0 else matrix.row_upper[k]
        if not np.isfinite(side):
            return False
        least += Fraction(float(y[k])) * Fraction(float(side))
    most = Fraction(0)
    for j, weight in _combined(matrix, y).items():
        bound = matrix.upper[j] if weight > 0 else matrix.lower[j]
        if not np.isfinite(bound):
            return False
        most += weight * Fraction(float(bound))
    return most < least


def _combined(matrix: Matrix, y: Floats) -> dict[int, Fraction]:
    """y A in fractions, zeros left out."""
    total: dict[int, Fraction] = {}
    a = matrix.A
    for k in np.flatnonzero(y):
        weight = Fraction(float(y[k]))
        for j, value in zip(
            a.indices[a.indptr[k] : a.indptr[k + 1]], a.data[a.indptr[k] : a.indptr[k + 1]], strict=True
        ):
            total[int(j)] = total.get(int(j), Fraction(0)) + weight * Fraction(float(value))
    return {j: v for j, v in total.items() if v != 0}
