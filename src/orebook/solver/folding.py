"""A program of some of its columns, the others standing where a point has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.solver.matrix import Floats, Matrix


def folded(matrix: Matrix, x: Floats, opened: NDArray[np.bool_]) -> Matrix:
    """The program of the opened columns alone, the others fixed at a point; rows that have none of them are left out."""
    inside = sp.csr_array(matrix.A[:, opened])
    rest = matrix.A[:, ~opened] @ x[~opened]
    rows = np.diff(inside.indptr) > 0
    return replace(
        matrix,
        A=sp.csr_array(inside[rows]),
        row_lower=(matrix.row_lower - rest)[rows],
        row_upper=(matrix.row_upper - rest)[rows],
        lower=matrix.lower[opened],
        upper=matrix.upper[opened],
        integer=matrix.integer[opened],
        cost={},
        offset={},
        rows=(None,) * int(rows.sum()),
        columns=(None,) * int(opened.sum()),
        block=matrix.block[opened],
    )


def unfolded(x: Floats, opened: NDArray[np.bool_], within: Floats) -> Floats:
    """A point of the whole program: a folded program's point, and the others where `within` has them."""
    whole = within.copy()
    whole[opened] = x
    return whole
