"""Weak duality in exact arithmetic: any multipliers of the rows give a bound that holds, whoever proposed them.

For every x within its bounds that keeps the rows  lower <= A x <= upper  and any y,
    c x = y A x + (c - y A) x >= sum_i y_i * (lower_i if y_i > 0 else upper_i) + sum_j min over the bounds of (c - y A)_j x_j,
so a solver's duals need no trust: they are made fractions and the right-hand side is worked out without rounding. With
c = 0 a bound over 0 proves that there is no such x (Farkas, J. reine angew. Math. 124 (1902) 1-27).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orebook.exact import Fraction
from orebook.solver.lp.matrix import Floats, Matrix

if TYPE_CHECKING:
    from orebook.schema.stages import StageName  # pydantic, which a process of the audit does without

TOLERANCE = 1e-6
"""Part of a column's terms that the solver may leave of its reduced cost."""


def dual_bound(matrix: Matrix, cost: Floats, y: Floats) -> Fraction | None:
    """A bound that `cost . x` cannot be under, from multipliers of the rows; None where an endless column leaves none."""
    side, y = _sided(matrix, y)
    used = np.flatnonzero(y)
    total = sum((Fraction(float(y[k])) * Fraction(float(side[k])) for k in used), Fraction(0))
    for j, weight in _reduced(matrix, cost, y).items():
        bound = float(matrix.lower[j] if weight > 0 else matrix.upper[j])
        if not np.isfinite(bound):
            return None
        total += weight * Fraction(bound)
    return total


def dual_value(matrix: Matrix, bounds: tuple[Floats, Floats], cost: Floats, y: Floats) -> float:
    """The same bound to the rounding of floats, with columns between bounds of the caller's; -inf where there is none.

    Of an endless column a weight within the solver's tolerance counts as the zero that it stands for.
    """
    side, y = _sided(matrix, y)
    weight = cost - matrix.A.T @ y
    end = np.where(weight > 0, *bounds)
    endless = ~np.isfinite(end) & (weight != 0)
    if endless.any():
        size = np.abs(cost) + abs(matrix.A).T @ np.abs(y)
        if (np.abs(weight) > TOLERANCE * size)[endless].any():
            return -np.inf
    used, bounded = y != 0, (weight != 0) & ~endless
    return float(y[used] @ side[used] + weight[bounded] @ end[bounded])


def _sided(matrix: Matrix, y: Floats) -> tuple[Floats, Floats]:
    """The side of each row that its multiplier speaks of; a multiplier of a side that is not there is 0.

    No other is left out for being small: a dollar's multiplier is.
    """
    side = np.where(y > 0, matrix.row_lower, matrix.row_upper)
    return side, np.where(np.isfinite(side), y, 0.0)


def _reduced(matrix: Matrix, cost: Floats, y: Floats) -> dict[int, Fraction]:
    """c - y A in fractions, zeros left out."""
    total = {int(j): Fraction(float(cost[j])) for j in np.flatnonzero(cost)}
    a = matrix.A
    for k in np.flatnonzero(y):
        weight = Fraction(float(y[k]))
        for at in range(a.indptr[k], a.indptr[k + 1]):
            j = int(a.indices[at])
            total[j] = total.get(j, Fraction(0)) - weight * Fraction(float(a.data[at]))
    return {j: v for j, v in total.items() if v != 0}


def least_of(matrix: Matrix, stage: StageName) -> float:
    """What no plan has less of, without a proof: the columns' bounds say it, and measures but for money are never negative."""
    cost = matrix.cost[stage]
    there = cost != 0
    ends = np.where(cost > 0, matrix.lower, matrix.upper)[there] @ cost[there] + matrix.offset[stage]
    return float(ends) if stage in ("cost", "value") else max(0.0, float(ends))
