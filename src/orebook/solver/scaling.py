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

from orebook.solver.matrix import Floats, Matrix

ROUNDS = 4
RANGE_LIMIT = 1e8
"""Largest ratio between two coefficients of the scaled matrix that passes without a word."""


@dataclass(frozen=True)
class Scaling:
    """x = column * x', row k of the scaled matrix = row[k] * row k; all factors are powers of two."""

    row: Floats
    column: Floats

    def apply(self, matrix: Matrix) -> sp.csr_array:
        """The scaled matrix."""
        return sp.csr_array(sp.diags_array(self.row) @ matrix.A @ sp.diags_array(self.column))


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
    """Factors for a matrix, after `ROUNDS` rounds of geometric means."""
    sizes = sp.csr_array(abs(matrix.A))
    row, column = np.ones(sizes.shape[0]), np.ones(sizes.shape[1])
    fixed = matrix.integer
    for _ in range(ROUNDS):
        current = sp.csr_array(sp.diags_array(row) @ sizes @ sp.diags_array(column))
        row /= _geometric(current)
        current = sp.csc_array(sp.diags_array(row) @ sizes @ sp.diags_array(column))
        column = np.where(fixed, 1.0, column / _geometric(sp.csr_array(current.T)))
    current = sp.csr_array(sp.diags_array(row) @ sizes @ sp.diags_array(column))
    row /= _geometric(current)
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


def _geometric(rows: sp.csr_array) -> Floats:
    """sqrt(smallest * largest) of each row's entries; 1 for an empty row."""
    result = np.ones(rows.shape[0])
    starts = rows.indptr[:-1][np.diff(rows.indptr) > 0]
    if starts.size:
        low, high = np.minimum.reduceat(rows.data, starts), np.maximum.reduceat(rows.data, starts)
        result[np.diff(rows.indptr) > 0] = np.sqrt(low * high)
    return result


def _power_of_two(x: Floats) -> Floats:
    rounded: Floats = np.exp2(np.round(np.log2(x)))
    return rounded


def _range(data: NDArray[np.float64]) -> tuple[float, float]:
    sizes = np.abs(data[data != 0])
    return (float(sizes.min()), float(sizes.max())) if sizes.size else (1.0, 1.0)
