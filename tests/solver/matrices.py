"""Hand-made programs for the solver, without a model behind them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver

INF = np.inf
Column = tuple[float, float, float, bool]
"""Cost, lower bound, upper bound, whether it is whole."""
Row = tuple[float, Sequence[float], float]
"""Lower limit, coefficients, upper limit."""


def matrix(columns: Sequence[Column], rows: Sequence[Row]) -> Matrix:
    """A program with one stage, `cost`."""
    return program(
        np.array([c[0] for c in columns], float),
        np.array([r[1] for r in rows], float),
        (np.array([r[0] for r in rows], float), np.array([r[2] for r in rows], float)),
        (np.array([c[1] for c in columns], float), np.array([c[2] for c in columns], float)),
        np.array([c[3] for c in columns], bool),
    )


def program(
    cost: Floats, a: Floats, sides: tuple[Floats, Floats], bounds: tuple[Floats, Floats], whole: Floats
) -> Matrix:
    """The same from arrays: rows between `sides`, columns between `bounds`."""
    return Matrix(
        A=sp.csr_array(a),
        row_lower=sides[0],
        row_upper=sides[1],
        lower=bounds[0],
        upper=bounds[1],
        integer=whole.astype(bool),
        cost={"cost": cost},
        offset={"cost": 0.0},
        rows=(None,) * a.shape[0],
        columns=(None,) * a.shape[1],
        rule_of={},
        block=np.full(a.shape[1], -1, np.int32),
        blocks=(),
        pyomo=None,
    )


def solved(of: Matrix, *, presolve: bool = True, seconds: float = 20.0) -> Outcome:
    """The cheapest point of a program, to gap 0."""
    limits = Limits(gap=0.0, absolute_gap=0.0, seconds=seconds, presolve=presolve)
    return Solver(of).solve(of.cost["cost"], 0.0, limits)


def knapsack(items: int = 60, limits: int = 10) -> Matrix:
    """A program that has plans at once and a proof only after long: many limits on many items of nearly equal worth."""
    rng = np.random.default_rng(1)
    size = rng.integers(20, 60, (limits, items)).astype(float)
    worth = -(size.mean(axis=0) + rng.integers(0, 10, items))
    room = np.floor(size.sum(axis=1) / 2)
    box = (np.zeros(items), np.ones(items))
    return program(worth, size, (np.full(limits, -INF), room), box, np.ones(items))
