"""What every other solver is given, and what it gives back: one door for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.scaling import objective_factor, scaling_of


class UnreadError(Exception):
    """A solver cannot be given this program as it is; says why."""


@dataclass(frozen=True)
class Asked:
    """Relative gap, seconds with the loading in them, workers, a plan to begin from, and who hears of (incumbent, bound).

    `scaled=False` hands rows and columns over as they are, for solvers of floating-point numbers.
    """

    gap: float = 0.0
    seconds: float = 60.0
    workers: int = 1
    start: Floats | None = None
    scaled: bool = True
    tell: Callable[[float, float], None] = lambda _incumbent, _bound: None


@dataclass(frozen=True)
class Point:
    """A solver's answer in the measure's own unit: `x` is None where it has no plan, `value` and `bound` are its own claims."""

    status: str
    x: Floats | None
    value: float = np.inf
    bound: float = -np.inf


@dataclass(frozen=True)
class Program:
    """One stage of a matrix as it is handed over: minimise cost . x' + offset, x = size * x'.

    Rows and columns are scaled by powers of two as for `orebook`'s own solves, since rows of billions of USD are beyond any
    solver's tolerances; unscaled where that is asked for.
    """

    A: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    cost: Floats
    offset: float
    size: Floats
    factor: float
    """What the measure is multiplied by in `cost` and `offset`."""

    @classmethod
    def of(cls, matrix: Matrix, stage: str, *, scaled: bool = True) -> Program:
        """The program of a stage; earlier stages are held by rows of the matrix."""
        scaling = scaling_of(matrix)
        row, size = (
            (scaling.row, scaling.column) if scaled else (np.ones(matrix.A.shape[0]), np.ones(matrix.A.shape[1]))
        )
        factor = objective_factor(matrix.cost[stage], size) if scaled else 1.0
        return cls(
            A=scaling.apply(matrix) if scaled else matrix.A,
            row_lower=matrix.row_lower * row,
            row_upper=matrix.row_upper * row,
            lower=matrix.lower / size,
            upper=matrix.upper / size,
            integer=matrix.integer,
            cost=matrix.cost[stage] * size * factor,
            offset=matrix.offset[stage] * factor,
            size=size,
            factor=factor,
        )

    def point(self, x: Floats) -> Floats:
        """A solver's point in the matrix's own units, within the bounds and whole where it must be."""
        x = np.clip(x, self.lower, self.upper)
        return np.where(self.integer, np.round(x), x) * self.size

    def measure(self, objective: float) -> float:
        """A solver's objective in the measure's own unit."""
        return objective / self.factor
