"""Policy gives way where no plan keeps it all: as few rows as can be, then as little as can be, the last priority first.

    for each policy row r, where a.x <= b:   a.x - excess[r] <= b,   excess[r] <= most[r] * gives[r],   gives[r] in {0,1}
    priority 1 first: minimise sum of gives, then sum of excess / most, of its rows; keep both; priority 2 next; ...

`most[r]` is what the columns' bounds allow the row to be exceeded by. The rows that gave are then loosened by their excess,
and the run goes on with the rest as hard as before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.clock import Clock
from orebook.solver.highs import Limits, Solver
from orebook.solver.matrix import Floats, Matrix
from orebook.solver.options import Options
from orebook.solver.stop import Stop


@dataclass(frozen=True)
class Loosened:
    """A matrix in which the rows that gave way are loosened; `start` is a plan of it, where one is known."""

    matrix: Matrix
    start: Floats | None = None
    excused: frozenset[tuple[str, str]] = frozenset()
    why: str = ""
    cut: bool = False
    """Whether clock or stop came before it was proven that fewer rows, or less, would not do."""


def loosen(
    problem: Problem, model: Model, matrix: Matrix, options: Options, clock: Clock, stop: Stop
) -> Loosened | None:
    """The loosened matrix, or None where even without its policy rows the matrix has no plan.

    All of its solves end within the clock's time. Raises StoppedError where that ends before a first plan.
    """
    priority = {
        k: level.priority
        for k in range(len(matrix.rows))
        if (level := model.rules.get(matrix.row_rule(k))) and level.priority is not None  # type: ignore[call-overload]
    }
    rows = np.array(sorted(priority), np.int64)
    elastic = _elastic(matrix, rows)
    n, r = len(matrix.columns), len(rows)
    start: Floats | None = None
    cut = False
    for p in sorted(set(priority.values())) or [0]:
        of_priority = np.array([priority[k] == p for k in rows], bool)
        for part in ("gives", "excess"):
            cost = np.zeros(n + 2 * r)
            most = elastic.upper[n : n + r]
            if part == "gives":
                cost[n + r :][of_priority] = 1.0
            else:
                cost[n : n + r][of_priority] = 1.0 / np.maximum(most, 1e-12)[of_priority]
            solver = Solver(replace(elastic, cost={part: cost}, offset={part: 0.0}), stop)
            outcome = solver.solve(cost, 0.0, Limits(0.0, 1e-9, clock.left, seed=options.seed), start)
            cut = cut or outcome.cut_short
            if outcome.ending == "infeasible":
                return None
            start = outcome.x
            value = float(cost @ start)
            elastic = replace(elastic, cost={part: cost}, offset={part: 0.0}).holding(part, value + 1e-6)
    if start is None:
        return None
    excess = start[n : n + r] * (start[n + r :] > 0.5)
    return replace(_loosened(matrix, rows, excess, start[:n]), cut=cut)


def _elastic(matrix: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """The matrix with two columns more a row: its excess and whether it gives; one row more: excess <= most * gives."""
    r, n = len(rows), len(matrix.columns)
    upper_side = np.isfinite(matrix.row_upper[rows])
    lows = np.where(np.isfinite(matrix.lower), matrix.lower, -1e9)
    highs = np.where(np.isfinite(matrix.upper), matrix.upper, 1e9)
    a = matrix.A[rows]
    positive, negative = a.maximum(0), a.minimum(0)
    largest = positive @ highs + negative @ lows
    smallest = positive @ lows + negative @ highs
    most = np.where(upper_side, largest - matrix.row_upper[rows], matrix.row_lower[rows] - smallest)
    most = np.maximum(np.where(np.isfinite(most), most, 0.0), 0.0)
    sign = np.where(upper_side, -1.0, 1.0)
    in_rows = sp.csr_array((sign, (rows, np.arange(r))), shape=(matrix.A.shape[0], r))
    nothing = sp.csr_array((matrix.A.shape[0], r))
    link = sp.hstack([sp.csr_array((r, n)), sp.eye_array(r), -sp.diags_array(most)])
    return replace(
        matrix,
        A=sp.csr_array(sp.vstack([sp.hstack([matrix.A, in_rows, nothing]), link])),
        row_lower=np.append(matrix.row_lower, np.full(r, -np.inf)),
        row_upper=np.append(matrix.row_upper, np.zeros(r)),
        lower=np.append(matrix.lower, np.zeros(2 * r)),
        upper=np.concatenate([matrix.upper, most, np.ones(r)]),
        integer=np.concatenate([matrix.integer, np.zeros(r, bool), np.ones(r, bool)]),
        rows=(*matrix.rows, *([None] * r)),
        columns=(*matrix.columns, *([None] * (2 * r))),
        block=np.append(matrix.block, np.full(2 * r, -1, np.int32)),
        cost={},
        offset={},
    )


def _loosened(matrix: Matrix, rows: NDArray[np.int64], excess: Floats, start: Floats) -> Loosened:
    upper, lower = matrix.row_upper.copy(), matrix.row_lower.copy()
    for k, by in zip(rows, excess, strict=True):
        upper[k] += by if np.isfinite(upper[k]) else 0.0
        lower[k] -= by if np.isfinite(lower[k]) else 0.0
    gave = frozenset((matrix.row_rule(k), matrix.row_name(k)) for k, by in zip(rows, excess, strict=True) if by > 0)
    return Loosened(
        replace(matrix, row_upper=upper, row_lower=lower),
        start,
        gave,
        "no plan keeps every row of physics, contract and policy; this one gives way by its priority",
    )
