"""SCIP, by PySCIPOpt, which comes with `orebook[scip]`; relaxations are HiGHS', as SCIP gives no duals of what it presolved."""

from __future__ import annotations

from threading import Event
from typing import Any

import numpy as np
import pyscipopt

from orebook.solver.lp.backends.backend import Capabilities, Say
from orebook.solver.lp.messages import Answer, Basis, Floats, Plan, Program, Settings, Sign, Status

_STATUS: dict[str, Status] = {
    "optimal": "optimal",
    "gaplimit": "optimal",
    "infeasible": "infeasible",
    "inforunbd": "infeasible",
    "timelimit": "time",
    "userinterrupt": "interrupt",
    "nodelimit": "count",
    "totalnodelimit": "count",
    "stallnodelimit": "count",
    "sollimit": "count",
    "bestsollimit": "count",
}


class Backend:
    """SCIP with its defaults, one thread."""

    capabilities = Capabilities()

    def load(self, program: Program, settings: Settings) -> None:
        """Column by column, then row by row."""
        self._model = m = pyscipopt.Model()
        m.hideOutput()
        self._x = [
            m.addVar(lb=_end(low), ub=_end(high), vtype="I" if whole else "C", obj=float(c))
            for low, high, whole, c in zip(program.lower, program.upper, program.integer, program.cost, strict=True)
        ]
        for k in range(len(program.row_lower)):
            self._row(program, k)
        for name, value in _parameters(settings).items():
            if value is not None:
                m.setParam(name, value)
        if settings.heuristics != "all":
            m.setHeuristics(
                pyscipopt.SCIP_PARAMSETTING.OFF if settings.heuristics == "none" else pyscipopt.SCIP_PARAMSETTING.FAST
            )

    def minimise(self, start: Floats | None, basis: Basis | None, stop: Event | None, say: Say) -> Answer:
        """Solve it from a plan, where there is one; a basis is of no use to SCIP."""
        m = self._model
        if start is not None:
            plan = m.createSol()
            for column, value in zip(self._x, start, strict=True):
                m.setSolVal(plan, column, float(value))
            m.addSol(plan)
        self._tell(stop, say)
        m.optimize()
        x = self._point() if m.getNSols() > 0 else None
        status = _STATUS.get(m.getStatus(), "other")
        return Answer(status, m.getStatus(), self._bound(), float(m.getPrimalbound()), x)

    def dual_ray(self) -> Floats | None:
        """SCIP gives none."""
        return None

    def _row(self, program: Program, k: int) -> None:
        entries = slice(program.starts[k], program.starts[k + 1])
        terms = zip(program.values[entries], program.columns[entries], strict=True)
        row = pyscipopt.quicksum(float(c) * self._x[j] for c, j in terms if c)
        low, high = float(program.row_lower[k]), float(program.row_upper[k])
        if np.isfinite(low) and low == high:
            self._model.addCons(row == low)
            return
        if np.isfinite(low):
            self._model.addCons(row >= low)
        if np.isfinite(high):
            self._model.addCons(row <= high)

    def _tell(self, stop: Event | None, say: Say) -> None:
        kinds = pyscipopt.SCIP_EVENTTYPE

        def hear(model: Any, event: Any) -> None:
            if event.getType() == kinds.BESTSOLFOUND:
                say(Plan(self._point()))
            say(Sign(_told(model, model.getPrimalbound(), np.inf), self._bound()))
            if stop is not None and stop.is_set():
                model.interruptSolve()

        self._model.attachEventHandlerCallback(
            hear, [kinds.BESTSOLFOUND, kinds.DUALBOUNDIMPROVED, kinds.NODESOLVED, kinds.LPSOLVED]
        )

    def _point(self) -> Floats:
        best = self._model.getBestSol()
        return np.array([self._model.getSolVal(best, v) for v in self._x])

    def _bound(self) -> float:
        return _told(self._model, self._model.getDualbound(), -np.inf)


def _parameters(settings: Settings) -> dict[str, Any]:
    return {
        "limits/gap": settings.gap,
        "limits/absgap": settings.absolute_gap,
        "limits/time": min(settings.seconds, 1e20),
        "limits/nodes": settings.nodes,
        "limits/stallnodes": settings.stalled_nodes,
        "limits/bestsol": settings.improvements,
        "randomization/randomseedshift": settings.seed,
        "presolving/maxrounds": None if settings.presolve else 0,
        "numerics/feastol": settings.feasibility,
    }


def _told(model: Any, value: float, else_: float) -> float:
    return else_ if model.isInfinity(abs(value)) else float(value)


def _end(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None
