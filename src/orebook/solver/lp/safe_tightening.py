"""A program made tighter for a proof: bounds that its rows imply, every rounding accounted for.

The search solves a program that `bound_tightening.py` has made tighter, and the multipliers it ends with are of that one.
Whoever doubts them cannot take its word for what the rows imply, so it is worked out here again, and otherwise: a sum of n
floats is off by no more than n units in the last place of the sum of their sizes (Higham, Accuracy and Stability of Numerical
Algorithms, 2002, section 4.2), and every bound is put outwards by that. No plan of the program is lost.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats, Matrix

MAX_TIGHTENING_ROUNDS = 12
"""Passes over all rows, some more than the search makes."""

UNIT = 2.0**-52
"""Twice what one rounding may take off a number, as a part of it."""

INTEGRALITY_TOLERANCE = 1e-6
"""What a limit may lie under a whole number and still be meant to allow it: 0.3 / 0.1 lots are 3."""


def strengthened(matrix: Matrix) -> Matrix:
    """The same plans between bounds that the rows imply, and on-off rows with the least switch that those bounds allow.

    Where the bounds cross, so that there is no plan, the program is as it was.
    """
    lower, upper = implied(matrix)
    if (lower > upper).any():
        return matrix
    return replace(matrix, A=_switched(matrix, upper), lower=lower, upper=upper)


@np.errstate(over="ignore", divide="ignore", invalid="ignore")  # what is no number bounds nothing: `_out`
def implied(matrix: Matrix) -> tuple[Floats, Floats]:
    """Bounds of the columns that every plan keeps."""
    a, row = matrix.A, matrix.row
    up, count = a.data > 0, np.diff(a.indptr)[row] + 4.0
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for _ in range(MAX_TIGHTENING_ROUNDS):
        before = lower.copy(), upper.copy()
        least = np.where(up, a.data * lower[a.indices], a.data * upper[a.indices])
        most = np.where(up, a.data * upper[a.indices], a.data * lower[a.indices])
        room = _left(matrix.row_upper, row, least, count, 1.0)
        need = _left(matrix.row_lower, row, most, count, -1.0)
        by_room, by_need = room / a.data, need / a.data
        np.minimum.at(upper, a.indices, _out(np.where(up, by_room, by_need), 1.0))
        np.maximum.at(lower, a.indices, _out(np.where(up, by_need, by_room), -1.0))
        upper[matrix.integer] = np.floor(upper[matrix.integer] + INTEGRALITY_TOLERANCE)
        lower[matrix.integer] = np.ceil(lower[matrix.integer] - INTEGRALITY_TOLERANCE)
        still = np.array_equal(before[0], lower) and np.array_equal(before[1], upper)
        if still or (lower > upper).any():
            break
    return lower, upper


def _left(side: Floats, row: NDArray[np.intp], part: Floats, count: Floats, way: float) -> Floats:
    """For each entry what a side leaves it when all others of its row are at these ends; endless where one of them is."""
    endless = ~np.isfinite(part)
    finite = np.where(endless, 0.0, part)
    total, size = (np.bincount(row, p, len(side))[row] for p in (finite, np.abs(finite)))
    others = np.bincount(row, endless, len(side))[row] - endless
    there = np.isfinite(side)[row] & (others == 0)
    limit = np.where(there, side[row], 0.0)
    error = UNIT * count * (size + np.abs(finite) + np.abs(limit))
    return np.where(there, limit - (total - finite) + way * error, way * np.inf)


def _out(bound: Floats, way: float) -> Floats:
    return np.where(np.isfinite(bound), bound + way * UNIT * np.abs(bound), way * np.inf)


def _switched(matrix: Matrix, upper: Floats) -> sp.csr_array:
    """Every row `a * amount - most * switch <= 0` with a switch of 0 or 1 and the least `most` that holds where it is 1."""
    a = matrix.A
    two = np.flatnonzero((np.diff(a.indptr) == 2) & (matrix.row_upper == 0) & np.isneginf(matrix.row_lower))
    first, second = a.indptr[two], a.indptr[two] + 1
    turned = a.data[first] < 0
    amount, switch = np.where(turned, second, first), np.where(turned, first, second)
    column = a.indices[switch]
    fits = (a.data[amount] > 0) & (a.data[switch] < 0)
    fits &= matrix.integer[column] & (matrix.lower[column] >= 0) & (matrix.upper[column] <= 1)
    amount, switch = amount[fits], switch[fits]
    data = a.data.copy()
    most = _out(data[amount] * upper[a.indices[amount]], 1.0)
    data[switch] = np.maximum(data[switch], -np.maximum(most, 0.0))
    tighter = sp.csr_array((data, a.indices.copy(), a.indptr.copy()), shape=a.shape)
    tighter.eliminate_zeros()  # of orders that cannot be placed
    return tighter
