"""Gurobi, by gurobipy, which comes with `orebook[gurobi]`.

The wheel solves small models without a licence (2,000 rows, 2,000 columns): what is tested here. At size it is untested.
"""

from __future__ import annotations

from threading import Event
from typing import Any

import gurobipy
import numpy as np
import scipy.sparse as sp

from orebook.solver.lp.backends.backend import Capabilities, RefusedError, Say
from orebook.solver.lp.messages import Answer, Basis, Floats, Plan, Program, Settings, Sign, Status

_STATUS: dict[int, Status] = {
    gurobipy.GRB.OPTIMAL: "optimal",
    gurobipy.GRB.INFEASIBLE: "infeasible",
    gurobipy.GRB.INF_OR_UNBD: "infeasible",
    gurobipy.GRB.TIME_LIMIT: "time",
    gurobipy.GRB.INTERRUPTED: "interrupt",
    gurobipy.GRB.NODE_LIMIT: "count",
    gurobipy.GRB.SOLUTION_LIMIT: "count",
    gurobipy.GRB.ITERATION_LIMIT: "count",
}
EFFORT = {"all": None, "quick": 0.01, "none": 0.0}


class Backend:
    """Gurobi with its defaults, one thread."""

    capabilities = Capabilities(duals=True)

    def load(self, program: Program, settings: Settings) -> None:
        """Raises RefusedError where Gurobi does not take it: mostly as it has no licence for its size."""
        try:
            environment = gurobipy.Env(params={"OutputFlag": 0})
            self._model = m = gurobipy.Model(env=environment)
            kinds = np.where(program.integer.astype(bool), gurobipy.GRB.INTEGER, gurobipy.GRB.CONTINUOUS)
            self._x = m.addMVar(len(program.cost), lb=program.lower, ub=program.upper, obj=program.cost, vtype=kinds)
            a = sp.csr_array(
                (program.values, program.columns, program.starts), shape=(len(program.row_lower), len(program.cost))
            )
            self._sides: list[tuple[Any, Any]] = []
            for limits, sense in ((program.row_lower, ">"), (program.row_upper, "<")):
                rows = np.flatnonzero(np.isfinite(limits))
                self._sides.append((rows, m.addMConstr(a[rows], self._x, sense, limits[rows]) if rows.size else None))
            for name, value in _parameters(settings).items():
                if value is not None:
                    m.setParam(name, value)
        except gurobipy.GurobiError as error:
            raise RefusedError(f"the model: {error}") from error
        self._rows, self._integer = len(program.row_lower), bool(program.integer.any())

    def minimise(self, start: Floats | None, basis: Basis | None, stop: Event | None, say: Say) -> Answer:
        """Solve it from a plan, where there is one; a basis is not taken over."""
        m = self._model
        if start is not None:
            self._x.setAttr("Start", start)
        try:
            m.optimize(self._callback(stop, say))
        except gurobipy.GurobiError as error:
            raise RefusedError(f"the model: {error}") from error
        status = _STATUS.get(m.Status, "other")
        x = np.array(self._x.X) if m.SolCount > 0 else None
        relaxed = x is not None and status == "optimal" and not self._integer
        objective = float(m.ObjVal) if x is not None else np.inf
        bound = float(m.ObjBound) if self._integer else objective
        return Answer(status, f"Gurobi status {m.Status}", bound, objective, x, self._duals() if relaxed else None)

    def dual_ray(self) -> Floats | None:
        """HiGHS is asked for it."""
        return None

    def _duals(self) -> tuple[Floats, Floats]:
        """Of columns, and of rows: a row of two sides is two constraints there, of which one at most has a dual."""
        duals = np.zeros(self._rows)
        for rows, constraints in self._sides:
            if constraints is not None:
                duals[rows] += constraints.Pi
        return np.array(self._x.RC), duals

    def _callback(self, stop: Event | None, say: Say) -> Any:
        told = gurobipy.GRB.Callback

        def hear(model: Any, where: int) -> None:
            if where == told.MIPSOL:
                say(Plan(np.array(model.cbGetSolution(self._x))))
            elif where == told.MIP:
                say(Sign(_finite(model.cbGet(told.MIP_OBJBST), np.inf), _finite(model.cbGet(told.MIP_OBJBND), -np.inf)))
            if stop is not None and stop.is_set():
                model.terminate()

        return hear


def _parameters(settings: Settings) -> dict[str, Any]:
    return {
        "Threads": 1,
        "Seed": settings.seed,
        "MIPGap": settings.gap,
        "MIPGapAbs": settings.absolute_gap,
        "TimeLimit": settings.seconds if np.isfinite(settings.seconds) else None,
        "NodeLimit": settings.nodes,
        "SolutionLimit": settings.improvements,
        "IterationLimit": settings.iterations,
        "Presolve": None if settings.presolve else 0,
        "FeasibilityTol": settings.feasibility,
        "Heuristics": EFFORT[settings.heuristics],
    }


def _finite(value: float, else_: float) -> float:
    return else_ if abs(value) >= gurobipy.GRB.INFINITY else float(value)
