"""A program made tighter: bounds that its rows imply, and on-off rows no looser than those bounds.

Each row says how far each of its columns can go when all others are as small, or as large, as they may be
(feasibility-based bound tightening: Savelsbergh, ORSA Journal on Computing 6 (1994) 445-454). An order that cannot be placed
whatever else is done is closed, and `amount <= most * placed` has the least `most` there is. Every plan of the program stays
one: whole numbers are rounded inwards, all else outwards by more than rounding could take off.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats, Mask, Matrix

MAX_TIGHTENING_ROUNDS = 10
"""Passes over all rows; what is still to be had after so many is little."""

BOUND_PADDING_REL = 1e-9
"""Part of a bound, and of the size of a row, by which an implied bound is put outwards."""

INTEGRALITY_TOLERANCE = 1e-9
"""What an implied bound of a whole number may be off by: it has been put outwards already."""


def tightened(matrix: Matrix) -> Matrix:
    """The same program with tighter bounds of whole columns and of what they switch on, and tighter on-off rows."""
    lower, upper = _implied(matrix)
    switched = matrix.integer | _switched(matrix)
    lower = np.where(switched, np.maximum(lower, matrix.lower), matrix.lower)
    upper = np.where(switched, np.minimum(upper, matrix.upper), matrix.upper)
    upper[switched & _closed(lower, upper)] = 0.0
    crossed = lower > upper  # no plan: left for the solver to say
    lower, upper = np.where(crossed, matrix.lower, lower), np.where(crossed, matrix.upper, upper)
    return replace(matrix, A=_on_off(matrix, upper), lower=lower, upper=upper)


def _closed(lower: Floats, upper: Floats) -> Mask:
    """Where nothing is left of a column but what its bound was put outwards by: a coefficient so small misleads presolve."""
    closed: Mask = (lower == 0) & (np.abs(upper) <= MAX_TIGHTENING_ROUNDS * BOUND_PADDING_REL)
    return closed


def _implied(matrix: Matrix) -> tuple[Floats, Floats]:
    a, row = matrix.A, matrix.row
    up, size = a.data > 0, np.abs(a.data)
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for _ in range(MAX_TIGHTENING_ROUNDS):
        before = lower.copy(), upper.copy()
        least = np.where(up, a.data * lower[a.indices], a.data * upper[a.indices])
        most = np.where(up, a.data * upper[a.indices], a.data * lower[a.indices])
        room = matrix.row_upper[row] - _others(row, least, a.shape[0], -np.inf)
        need = matrix.row_lower[row] - _others(row, most, a.shape[0], np.inf)
        slack = BOUND_PADDING_REL * (1 + np.abs(np.where(np.isfinite(room), room, 0)) / size)
        dip = BOUND_PADDING_REL * (1 + np.abs(np.where(np.isfinite(need), need, 0)) / size)
        high = np.where(up, room / a.data + slack, need / a.data + dip)
        low = np.where(up, need / a.data - dip, room / a.data - slack)
        np.minimum.at(upper, a.indices, high)
        np.maximum.at(lower, a.indices, low)
        upper[matrix.integer] = np.floor(upper[matrix.integer] + INTEGRALITY_TOLERANCE)
        lower[matrix.integer] = np.ceil(lower[matrix.integer] - INTEGRALITY_TOLERANCE)
        if np.array_equal(before[0], lower) and np.array_equal(before[1], upper):
            break
    return lower, upper


def _others(row: NDArray[np.intp], part: Floats, rows: int, endless_is: float) -> Floats:
    """For each entry what all others of its row come to; `endless_is` where one of them is infinite."""
    endless = np.isinf(part)
    finite = np.where(endless, 0.0, part)
    total = np.bincount(row, finite, rows)[row] - finite
    count = np.bincount(row, endless, rows)[row] - endless
    return np.where(count > 0, endless_is, total)


def _switched(matrix: Matrix) -> Mask:
    """Columns that an on-off row holds to a whole column."""
    entries, _ = _pairs(matrix)
    found = np.zeros(len(matrix.lower), bool)
    found[matrix.A.indices[entries]] = True
    return found


def _pairs(matrix: Matrix) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The entries of amount and switch of every row `a * amount - most * switch <= 0`, a and most positive."""
    a = matrix.A
    two = np.flatnonzero((np.diff(a.indptr) == 2) & (matrix.row_upper == 0) & np.isneginf(matrix.row_lower))
    first, second = a.indptr[two], a.indptr[two] + 1
    turned = a.data[first] < 0
    amount, switch = np.where(turned, second, first), np.where(turned, first, second)
    column = a.indices[switch]
    fits = (a.data[amount] > 0) & (a.data[switch] < 0) & matrix.integer[column] & (matrix.upper[column] <= 1)
    return amount[fits], switch[fits]


def _on_off(matrix: Matrix, upper: Floats) -> sp.csr_array:
    a = matrix.A
    amount, switch = _pairs(matrix)
    data = a.data.copy()
    data[switch] = np.maximum(data[switch], -data[amount] * upper[a.indices[amount]])
    tighter = sp.csr_array((data, a.indices.copy(), a.indptr.copy()), shape=a.shape)
    tighter.eliminate_zeros()
    return tighter
