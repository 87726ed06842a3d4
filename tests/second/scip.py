"""SCIP with its defaults."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pyscipopt as scip

from orebook.solver.lp.matrix import Floats, Matrix
from tests.second.door import Asked, Point, Program

EVENTS = [scip.SCIP_EVENTTYPE.BESTSOLFOUND, scip.SCIP_EVENTTYPE.DUALBOUNDIMPROVED]


def solve(matrix: Matrix, stage: str, asked: Asked) -> Point:
    """The least of a stage's measure over a matrix."""
    began = time.perf_counter()
    program = Program.of(matrix, stage, scaled=asked.scaled)
    m = scip.Model()
    m.hideOutput()
    m.addObjoffset(program.offset)
    x = _columns(m, program)
    _rows(m, program, x)
    if asked.start is not None:
        _begin(m, x, asked.start / program.size)
    m.attachEventHandlerCallback(lambda m, _event: asked.tell(*_claims(m, program)), EVENTS)
    m.setParam("limits/gap", asked.gap)
    m.setParam("limits/time", max(0.0, asked.seconds - (time.perf_counter() - began)))
    m.optimize()
    found = m.getNSols() > 0
    point = program.point(np.array([m.getVal(v) for v in x])) if found else None
    return Point(m.getStatus(), point, *_claims(m, program))


def _claims(m: Any, program: Program) -> tuple[float, float]:
    """Incumbent and bound, infinite where there is none."""
    claims = (m.getPrimalbound(), m.getDualbound())
    return tuple(program.measure(c) if not m.isInfinity(abs(c)) else np.copysign(np.inf, c) for c in claims)  # type: ignore[return-value]


def _columns(m: Any, program: Program) -> list[Any]:
    def end(bound: float) -> float | None:
        return float(bound) if np.isfinite(bound) else None

    return [
        m.addVar(lb=end(low), ub=end(high), vtype="I" if whole else "C", obj=float(c))
        for low, high, whole, c in zip(program.lower, program.upper, program.integer, program.cost, strict=True)
    ]


def _rows(m: Any, program: Program, x: list[Any]) -> None:
    a = program.A
    for k in range(a.shape[0]):
        entries = slice(a.indptr[k], a.indptr[k + 1])
        terms = scip.quicksum(float(c) * x[j] for c, j in zip(a.data[entries], a.indices[entries], strict=True) if c)
        low, high = float(program.row_lower[k]), float(program.row_upper[k])
        if np.isfinite(low) and low == high:
            m.addCons(terms == low)
            continue
        if np.isfinite(low):
            m.addCons(terms >= low)
        if np.isfinite(high):
            m.addCons(terms <= high)


def _begin(m: Any, x: list[Any], start: Floats) -> None:
    plan = m.createSol()
    for column, value in zip(x, start, strict=True):
        m.setSolVal(plan, column, float(value))
    m.addSol(plan)
