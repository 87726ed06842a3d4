"""CP-SAT in a process of its own: a program in whole numbers from standard input, its news in lines of JSON on standard output.

ortools brings a library of the same name as highspy's, of another version: one process cannot hold both, so that nothing here
may import HiGHS. The last line has status, claims and, where there is a plan, every column's whole number.
"""

from __future__ import annotations

import json
import math
import pickle
import sys
import time
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Question:
    """Arrays as plain lists: columns' bounds, rows by `starts` into `columns` and `data`, cost, and what is asked."""

    lower: list[int]
    upper: list[int]
    starts: list[int]
    columns: list[int]
    data: list[int]
    row_lower: list[int]
    row_upper: list[int]
    cost: list[int]
    cost_unit: float
    offset: float
    start: list[int] | None
    gap: float
    seconds: float
    workers: int


class _Ear(cp_model.CpSolverSolutionCallback):
    def on_solution_callback(self) -> None:
        """A better plan."""
        _say(incumbent=self.objective_value, bound=self.best_objective_bound)


def main() -> None:
    """Answer one question."""
    began = time.perf_counter()
    asked: Question = Question(**pickle.load(sys.stdin.buffer))
    model, columns = _model(asked)
    fault = model.validate()
    if fault:
        _say(unread=fault.splitlines()[0][:200])
        return
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = asked.workers
    solver.parameters.relative_gap_limit = asked.gap
    solver.parameters.max_time_in_seconds = max(0.0, asked.seconds - (time.perf_counter() - began))
    solver.best_bound_callback = lambda bound: _say(incumbent=math.inf, bound=bound)
    status = solver.solve(model, _Ear())
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    _say(
        status=solver.status_name(status),
        value=solver.objective_value if found else math.inf,
        bound=solver.best_objective_bound if found or status == cp_model.UNKNOWN else -math.inf,
        x=[solver.value(v) for v in columns] if found else None,
    )


def _model(asked: Question) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    columns = [model.new_int_var(low, high, "") for low, high in zip(asked.lower, asked.upper, strict=True)]
    ends = zip(asked.starts, asked.starts[1:], asked.row_lower, asked.row_upper, strict=False)
    for first, last, low, high in ends:
        inside = [columns[j] for j in asked.columns[first:last]]
        model.add_linear_constraint(cp_model.LinearExpr.weighted_sum(inside, asked.data[first:last]), low, high)
    model.minimize(cp_model.LinearExpr.weighted_sum(columns, asked.cost))
    model.proto.objective.scaling_factor = asked.cost_unit
    model.proto.objective.offset = asked.offset / asked.cost_unit
    for column, value in zip(columns, asked.start or [], strict=False):
        model.add_hint(column, value)
    return model, columns


def _say(**news: Any) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
