"""SCIP behind the same door as `orebook.solver.highs`: a matrix and a stage in, a point out.

The arrays are scaled by the same powers of two: a row of billions of USD is beyond its tolerances too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyscipopt as scip

from orebook.solver.matrix import Floats, Matrix
from orebook.solver.scaling import Scaling, scaling_of


@dataclass(frozen=True)
class Point:
    """SCIP's answer: `x` is None where it has no plan."""

    status: str
    x: Floats | None


def solve(matrix: Matrix, stage: str, *, gap: float = 0.0, seconds: float = 60.0) -> Point:
    """The least of a stage's measure over a matrix."""
    m = scip.Model()
    m.hideOutput()
    m.setParam("limits/gap", gap)
    m.setParam("limits/time", seconds)
    scaling = scaling_of(matrix)
    size = scaling.column
    x = _columns(m, matrix, matrix.cost[stage], size)
    _rows(m, matrix, scaling, x)
    m.optimize()
    found = m.getNSols() > 0
    point = np.array([m.getVal(v) for v in x]) * size if found else None
    if point is not None:
        point = np.where(matrix.integer, np.round(point), np.clip(point, matrix.lower, matrix.upper))
    return Point(m.getStatus(), point)


def _columns(m: Any, matrix: Matrix, cost: Floats, size: Floats) -> list[Any]:
    def end(bound: float) -> float | None:
        return float(bound) if np.isfinite(bound) else None

    return [
        m.addVar(lb=end(low), ub=end(high), vtype="I" if whole else "C", obj=float(c))
        for low, high, whole, c in zip(
            matrix.lower / size, matrix.upper / size, matrix.integer, cost * size, strict=True
        )
    ]


def _rows(m: Any, matrix: Matrix, scaling: Scaling, x: list[Any]) -> None:
    a = scaling.apply(matrix)
    lower, upper = matrix.row_lower * scaling.row, matrix.row_upper * scaling.row
    for k in range(a.shape[0]):
        entries = slice(a.indptr[k], a.indptr[k + 1])
        terms = scip.quicksum(float(c) * x[j] for c, j in zip(a.data[entries], a.indices[entries], strict=True) if c)
        low, high = float(lower[k]), float(upper[k])
        if np.isfinite(low) and low == high:
            m.addCons(terms == low)
            continue
        if np.isfinite(low):
            m.addCons(terms >= low)
        if np.isfinite(high):
            m.addCons(terms <= high)
