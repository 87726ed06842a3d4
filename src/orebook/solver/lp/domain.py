"""A part of a program: what of it is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats, Matrix


@dataclass(frozen=True)
class Domain:
    """What of a matrix is open: its columns' bounds, and which of them must be whole."""

    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]

    @classmethod
    def relaxed(cls, matrix: Matrix) -> Domain:
        """All of it, and nothing need be whole."""
        return cls(matrix.lower, matrix.upper, np.zeros_like(matrix.integer))

    def rounded(self, x: Floats) -> Floats:
        """A point of the solver within the bounds, whole where it must be."""
        x = np.clip(x, self.lower, self.upper)
        return np.where(self.integer, np.round(x), x)
