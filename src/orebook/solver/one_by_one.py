"""A plan bettered a mineral at a time, all else of it standing as it is: what a tidying stage needs.

Orders and tickets are counted one by one, so a mineral's count hardly depends on the others' once they are settled; with
only its own columns and the shared ones open its program is small enough to be solved to its end in a moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orebook.solver.folding import folded, unfolded
from orebook.solver.highs import Limits, Solver
from orebook.solver.matrix import Floats

NODES = 30
"""Of one mineral; what it has not proven by then it will hardly better."""

STEP_S = 10.0
"""Of one mineral, so that a hard one leaves time for the others."""


@dataclass
class OneByOne:
    """A program and a stage's objective, counted in whole ones; `cut` says whether the clock came first."""

    solver: Solver
    cost: Floats
    offset: float
    deadline: float
    report: Callable[[float], None]
    seed: int = 0
    cut: bool = False

    def better(self, x: Floats) -> Floats:
        """A plan with no larger objective, after one pass over the minerals; those that cannot be bettered are passed over."""
        matrix = self.solver.matrix
        least = self._by_mineral(
            self.cost * np.where(self.cost > 0, matrix.lower, np.where(self.cost < 0, matrix.upper, 0.0))
        )
        spare = self._by_mineral(self.cost * x) - least
        for mineral in np.argsort(-spare, kind="stable"):
            if spare[mineral] < 0.5 or self._out_of_time():
                break
            x = self._alone(int(mineral), x)
        return x

    def _by_mineral(self, costs: Floats) -> Floats:
        """The sum of costs over each mineral's columns."""
        own = self.solver.matrix.block >= 0
        return np.bincount(self.solver.matrix.block[own], costs[own], len(self.solver.matrix.blocks)).astype(float)

    def _alone(self, mineral: int, x: Floats) -> Floats:
        """The plan with one mineral solved again; the same where nothing better is found."""
        matrix = self.solver.matrix
        opened = np.isin(matrix.block, (mineral, -1))
        small = Solver(folded(matrix, x, opened), self.solver.stop)
        seconds = min(STEP_S, self.deadline - time.perf_counter())
        limits = Limits(gap=0.0, absolute_gap=0.5, seconds=seconds, nodes=NODES, seed=self.seed)
        outcome = small.solve(self.cost[opened], 0.0, limits, x[opened], quiet=True)
        self.cut = self.cut or outcome.cut in ("time", "interrupt")
        if not outcome.has_plan:
            return x
        found = unfolded(outcome.x, opened, x)
        if self._value(found) > self._value(x) - 0.5:
            return x
        self.report(self._value(found))
        return found

    def _value(self, x: Floats) -> float:
        return float(self.cost @ x) + self.offset

    def _out_of_time(self) -> bool:
        out = self.deadline <= time.perf_counter() or self.solver.stop.asked
        self.cut = self.cut or out
        return out
