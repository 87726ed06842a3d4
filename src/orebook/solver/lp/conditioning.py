"""A scaled program as the solver gets it: no coefficient under `MIN_COEFFICIENT_REL` of its row's largest, no bound nearly 0.

HiGHS' presolve has returned wrong optima of programs with coefficients of 1e-9 beside others of 1. Such entries are dropped
where all those of a row move it by less than its limit's tolerance; the limit is put outwards by as much, so no plan is lost.
Where they matter, the row is cut in two by a column of its own, which changes nothing but the ranges:

    a x + e x' <= b     becomes     a x + s z <= b,   e x' - s z <= 0       s between the sizes of a and e

Columns and rows so added stand before those of the program, so that a program with more rows at its end keeps its basis. The
multipliers of the program's own rows are what they were: at the end of a relaxation both parts of a row have the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

MIN_COEFFICIENT_REL = 1e-6
"""Part of a row's largest coefficient that its smallest may be."""

NO_MATTER = 1e-7
"""Part of a row's limit that dropped coefficients may move it by in all: a tenth of what a plan may be over it."""

NO_MATTER_AT_ZERO = 1e-9
"""The same for a limit of zero, in scaled units."""

ROUNDING = 1e-12
"""What a limit may be off zero by rounding alone."""

ZERO_BOUND = 1e-9
"""Scaled bounds nearer to zero than this are zero."""


@dataclass(frozen=True)
class Conditioned:
    """row_lower <= A x <= row_upper with well-ranged rows; the first `added` of its rows and columns are not the program's."""

    A: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    added: int = 0

    def point(self, x: Floats) -> Floats:
        """A point of the program, with what its added columns come to."""
        if not self.added:
            return x
        whole = np.concatenate([np.zeros(self.added), x])
        for k in range(self.added):  # its row speaks of the program's columns and of added ones that stand before it
            row = slice(self.A.indptr[k], self.A.indptr[k + 1])
            at, weights = self.A.indices[row], self.A.data[row]
            own = at == k
            whole[k] = -float(weights[~own] @ whole[at[~own]]) / float(weights[own][0])
        return whole

    def columns(self, figures: Floats, of_added: float) -> Floats:
        """A figure of each of the program's columns, with that of the added ones."""
        return np.concatenate([np.full(self.added, of_added), figures]) if self.added else figures


def conditioned(a: sp.csr_array, row_lower: Floats, row_upper: Floats, lower: Floats, upper: Floats) -> Conditioned:
    """The program of a scaled matrix with limits of rows and bounds of columns, all in scaled units."""
    # a row of nothing is broken however little it asks: no tolerance may let it pass
    empty = np.bincount(_row(a), ((lower != 0) | (upper != 0))[a.indices], a.shape[0]) == 0
    row_lower, row_upper = np.where(empty, _asked(row_lower), row_lower), np.where(empty, _asked(row_upper), row_upper)
    program = Conditioned(*_without_dust(a, row_lower, row_upper, lower, upper))
    while (small := _small(program.A)).any():
        program = _cut(program, small)
    return program


def _asked(limit: Floats) -> Floats:
    """Limits of rows without entries: 0, or 1 with their sign."""
    return np.where(np.isinf(limit) | (np.abs(limit) < ROUNDING), np.where(np.isinf(limit), limit, 0.0), np.sign(limit))


def zeroed(bounds: Floats) -> Floats:
    """Scaled bounds, those that are nearly zero exactly so."""
    return np.where(np.abs(bounds) < ZERO_BOUND, 0.0, bounds)


def _row(a: sp.csr_array) -> NDArray[np.intp]:
    """The row of each entry."""
    return np.repeat(np.arange(a.shape[0]), np.diff(a.indptr))


def _small(a: sp.csr_array) -> Mask:
    """Which entries are too small for their row."""
    size, filled = np.abs(a.data), np.diff(a.indptr) > 0
    largest = np.zeros(a.shape[0])
    if size.size:
        largest[filled] = np.maximum.reduceat(size, a.indptr[:-1][filled])
    found: Mask = size < MIN_COEFFICIENT_REL * largest[_row(a)]
    return found


def _without_dust(
    a: sp.csr_array, row_lower: Floats, row_upper: Floats, lower: Floats, upper: Floats
) -> tuple[sp.csr_array, Floats, Floats]:
    """The rows without small entries that do not matter, their limits put outwards."""
    small = _small(a)
    if not small.any():
        return a, row_lower, row_upper
    row, rows = _row(a)[small], a.shape[0]
    ends = np.stack([a.data * lower[a.indices], a.data * upper[a.indices]])[:, small]
    least, most = (np.bincount(row, end, rows) for end in (ends.min(axis=0), ends.max(axis=0)))
    limit = np.minimum(*(np.where(np.isfinite(side), np.abs(side), np.inf) for side in (row_lower, row_upper)))
    spare = np.where(limit > 0, NO_MATTER * limit, NO_MATTER_AT_ZERO)
    light = np.maximum(np.abs(least), np.abs(most)) <= spare
    kept = sp.csr_array(
        (np.where(small & light[_row(a)], 0.0, a.data), a.indices.copy(), a.indptr.copy()), shape=a.shape
    )
    kept.eliminate_zeros()
    return kept, np.where(light, row_lower - most, row_lower), np.where(light, row_upper - least, row_upper)


def _cut(program: Conditioned, small: Mask) -> Conditioned:
    """Each row with small entries cut in two: those entries, and a new column that stands for them."""
    a, row = program.A, _row(program.A)
    wide = np.unique(row[small])
    count, new = len(wide), np.arange(len(wide))
    part = np.full(a.shape[0], -1)
    part[wide] = new
    size = _between(a, row, small, wide)
    where = np.where(small, part[row], count + row)
    entries = np.concatenate([size, -size, a.data])
    places = np.concatenate([count + wide, new, where]), np.concatenate([new, new, count + a.indices])
    cut = sp.csr_array((entries, places), shape=(a.shape[0] + count, a.shape[1] + count))
    lower = np.where(np.isfinite(program.row_lower[wide]), 0.0, -np.inf)
    upper = np.where(np.isfinite(program.row_upper[wide]), 0.0, np.inf)
    return Conditioned(
        cut,
        np.concatenate([lower, program.row_lower]),
        np.concatenate([upper, program.row_upper]),
        program.added + count,
    )


def _between(a: sp.csr_array, row: NDArray[np.intp], small: Mask, wide: NDArray[np.intp]) -> Floats:
    """For each wide row a power of two between its largest and its smallest entry, itself not small."""
    size = np.abs(a.data)
    largest, least = np.zeros(a.shape[0]), np.full(a.shape[0], np.inf)
    np.maximum.at(largest, row, size)
    np.minimum.at(least, row[small], size[small])
    middle = np.maximum(np.sqrt(largest[wide] * least[wide]), 2 * MIN_COEFFICIENT_REL * largest[wide])
    size_between: Floats = np.exp2(np.round(np.log2(middle)))
    return size_between
