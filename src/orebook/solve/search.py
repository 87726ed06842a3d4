"""Plans by structure: minerals meet only in money, stores and a few shares, so they are settled a few at a time.

The relaxation's bound is close from the start; what takes long is a plan as good as it. Two ways to one:

relax and fix       the minerals are made whole a batch at a time, the dearest first; those still to come stay
                    continuous and answer for what the batch takes (Dillenberger et al., European Journal of Operational
                    Research 75 (1994) 273-286)
large neighbourhood from a plan, all minerals but a few are held and those few solved again, one alone, then more
                    together (Shaw, CP 1998, LNCS 1520, 417-431)

Both only propose plans; bounds come from relaxations of the whole model. Each step ends on counts, so that the same
input gives the same plan wherever the clock does not come first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orebook.solve.highs import Limits, Part, Solver
from orebook.solve.matrix import Floats

BATCH = 3
"""Minerals made whole at a time: small enough to be quick, large enough to trade with each other."""

SIZES = (1, 1, 2, 3, 4, 5, 6)
"""Minerals freed together, pass by pass."""

STEP_NODES = 100
STEP_GAP = 5e-4
WORTH_IT = 2000
"""Integer columns from which on these ways pay; below, the solver alone is quicker."""


@dataclass
class Search:
    """A solver, a stage's objective, and when to stop: `good` says of a value whether it is within the gap."""

    solver: Solver
    cost: Floats
    offset: float
    deadline: float
    good: Callable[[float], bool]
    report: Callable[[float], None]
    seed: int = 0
    cut: bool = False

    def value(self, x: Floats) -> float:
        """The objective at a point."""
        return float(self.cost @ x) + self.offset

    def relax_and_fix(self, relaxed: Floats) -> Floats | None:
        """A plan built from the relaxation's point, or None where the last minerals find no room."""
        matrix = self.solver.matrix
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        settled = np.zeros_like(matrix.integer)
        order, x = self._dearest_first(relaxed), relaxed
        for k in range(0, len(order), BATCH):
            batch = np.isin(matrix.block, order[k : k + BATCH])
            last = k + BATCH >= len(order)
            integer = matrix.integer if last else settled | (matrix.integer & batch)
            narrow = np.where(np.isin(matrix.block, order[k + BATCH :]) & matrix.integer & (x < 1e-9), 0.0, upper)
            found = self._step(Part(lower, narrow, integer), None) if not last else None
            found = self._step(Part(lower, upper, integer), None) if found is None else found
            if found is None:
                return None
            x = found
            settled |= matrix.integer & batch
            lower[settled], upper[settled] = np.round(x[settled]), np.round(x[settled])
        return x

    def improve(self, x: Floats) -> Floats:
        """A plan at least as good, by passes over neighbourhoods that grow; stops when it is good enough."""
        matrix, best = self.solver.matrix, self.value(x)
        for freed in self._neighbourhoods():
            if self.good(best) or self._out_of_time():
                break
            held = matrix.integer & (matrix.block >= 0) & ~np.isin(matrix.block, freed)
            part = Part(np.where(held, x, matrix.lower), np.where(held, x, matrix.upper), matrix.integer)
            found = self._step(part, x)
            if found is not None and self.value(found) < best - 1e-9 * abs(best):
                x, best = found, self.value(found)
                self.report(best)
        return x

    def _neighbourhoods(self) -> Iterator[NDArray[np.int64]]:
        """Every mineral once a pass, in groups drawn with the fixed seed."""
        rng = np.random.default_rng(self.seed)
        for size in SIZES:
            order = rng.permutation(len(self.solver.matrix.blocks))
            for k in range(0, len(order), size):
                yield order[k : k + size]

    def _dearest_first(self, relaxed: Floats) -> NDArray[np.int64]:
        """Minerals by what their orders weigh in the relaxation's rows, heaviest first; ties by name."""
        matrix = self.solver.matrix
        weight = np.asarray(abs(matrix.A).sum(axis=0)).ravel() * np.abs(relaxed) * matrix.integer
        totals = np.array([weight[matrix.block == k].sum() for k in range(len(matrix.blocks))])
        return np.argsort(-totals, kind="stable")

    def _step(self, part: Part, start: Floats | None) -> Floats | None:
        limits = Limits(gap=STEP_GAP, absolute_gap=0.0, seconds=self._left(), nodes=STEP_NODES, seed=self.seed)
        outcome = self.solver.solve(self.cost, self.offset, limits, start, part, quiet=True)
        self.cut = self.cut or outcome.cut in ("time", "interrupt")
        return outcome.x if outcome.has_plan else None

    def _left(self) -> float:
        return max(0.0, self.deadline - time.perf_counter())

    def _out_of_time(self) -> bool:
        self.cut = self.cut or self._left() <= 0 or self.solver.stop.asked
        return self.cut
