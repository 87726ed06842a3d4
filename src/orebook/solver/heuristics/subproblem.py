"""A program of some of its columns, the others standing where a point has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orebook.solver.lp.matrix import Floats, Mask, Matrix


def restricted(matrix: Matrix, x: Floats, opened: Mask) -> Matrix:
    """The program of the opened columns alone, the others fixed at a point; rows that have none of them are left out."""
    rest = matrix.A[:, ~opened] @ x[~opened]
    rows = np.zeros(matrix.A.shape[0], bool)
    rows[matrix.row[opened[matrix.A.indices]]] = True
    part = matrix.part(rows, opened)
    return replace(part, row_lower=part.row_lower - rest[rows], row_upper=part.row_upper - rest[rows])


def lifted(x: Floats, opened: Mask, within: Floats) -> Floats:
    """A point of the whole program: a folded program's point, and the others where `within` has them."""
    whole = within.copy()
    whole[opened] = x
    return whole
