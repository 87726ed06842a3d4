"""Scaling by powers of two, worked out from the data, so that no digit changes and the solver's tolerances mean something.

Rows and continuous columns are brought to entries around 1 (geometric means, a few rounds); integer columns stay as they
are. The objective is brought to where its smallest step weighs well over the solver's dual tolerance of 1e-7.
Curtis and Reid, IMA Journal of Applied Mathematics 10 (1972) 118-124, is the classic; the geometric mean is its short form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats, Matrix

SCALING_ROUNDS = 4
SMALL_COLUMN_REL = 1e-3
"""Continuous columns that cannot be larger are measured by what they can be: the solver's tolerance would be all of it."""
LARGE = 1e7
"""The largest bound of a scaled continuous column: of programs with bounds of 1e9 some end as an error of the solver's."""
RANGE_LIMIT = 1e8
"""Largest ratio between two coefficients of the scaled matrix that passes without a word."""


@dataclass(frozen=True)
class Scaling:
    """x = column * x', row k of the scaled matrix = row[k] * row k; all factors are powers of two."""

    row: Floats
    column: Floats

    def apply(self, matrix: Matrix) -> sp.csr_array:
        """The scaled matrix."""
        a = matrix.A
        data = self.row[matrix.row] * a.data * self.column[a.indices]
        return sp.csr_array((data, a.indices, a.indptr), shape=a.shape)


@dataclass(frozen=True)
class Ranges:
    """Smallest and largest size of the matrix entries, as read and as the solver sees them."""

    raw: tuple[float, float]
    scaled: tuple[float, float]

    @property
    def too_wide(self) -> bool:
        """Whether the scaled entries span more than `RANGE_LIMIT`."""
        return self.scaled[1] > RANGE_LIMIT * self.scaled[0]


def scaling_of(matrix: Matrix) -> Scaling:
    """Factors for a matrix, after `SCALING_ROUNDS` rounds of geometric means."""
    a = matrix.A
    sizes, rows = np.abs(a.data), matrix.row
    by_column = np.argsort(a.indices, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(a.indices, minlength=a.shape[1]))])
    row, column = np.ones(a.shape[0]), np.ones(a.shape[1])
    reach = np.maximum(np.abs(matrix.lower), np.abs(matrix.upper))
    small = ~matrix.integer & (reach > 0) & (reach < SMALL_COLUMN_REL)
    coarsest = np.where(matrix.integer | np.isinf(reach), 0.0, reach / LARGE)
    column[small] = reach[small]
    for _ in range(SCALING_ROUNDS):
        row /= _geometric(row[rows] * sizes * column[a.indices], a.indptr)
        current = row[rows] * sizes * column[a.indices]
        geometric = np.maximum(column / _geometric(current[by_column], starts), coarsest)
        column = np.where(matrix.integer | small, column, geometric)
    row /= _geometric(row[rows] * sizes * column[a.indices], a.indptr)
    return Scaling(_power_of_two(row), _power_of_two(column))


def ranges_of(matrix: Matrix, scaling: Scaling) -> Ranges:
    """The coefficient ranges before and after scaling."""
    return Ranges(_range(matrix.A.data), _range(scaling.apply(matrix).data))


def objective_factor(cost: Floats, column: Floats) -> float:
    """A power of two that brings the geometric mean of the scaled costs to about 1, and none below 1e-4."""
    sizes = np.abs(cost * column)
    sizes = sizes[sizes > 0]
    if sizes.size == 0:
        return 1.0
    middle = float(np.exp(np.log(sizes).mean()))
    return float(_power_of_two(np.array([max(1.0 / middle, 1e-4 / float(sizes.min()))]))[0])


def _geometric(sizes: Floats, starts: NDArray[np.int_]) -> Floats:
    """sqrt(smallest * largest) of each line's entries, which begin at `starts`; 1 for an empty line."""
    result, filled = np.ones(len(starts) - 1), np.diff(starts) > 0
    if filled.any():
        first = starts[:-1][filled]
        low, high = np.minimum.reduceat(sizes, first), np.maximum.reduceat(sizes, first)
        result[filled] = np.sqrt(low * high)
    return result


def _power_of_two(x: Floats) -> Floats:
    rounded: Floats = np.exp2(np.round(np.log2(x)))
    return rounded


def _range(data: NDArray[np.float64]) -> tuple[float, float]:
    sizes = np.abs(data[data != 0])
    return (float(sizes.min()), float(sizes.max())) if sizes.size else (1.0, 1.0)
