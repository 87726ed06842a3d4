"""Plans by structure: minerals meet only in money, stores and a few shares, so they are settled a few at a time.

The relaxation's bound is close from the start; what takes long is a plan as good as it. Two ways to one:

relax and fix       the minerals are made whole a batch at a time, the lightest first, while those still to come are
                    held where the relaxation has them; then the relaxation of those is solved again around what was
                    settled (Dillenberger et al., European Journal of Operational Research 75 (1994) 273-286)
large neighbourhood from a plan, all minerals but a few are held and those few solved again, first one alone, then
                    more together, those first that lose most against the relaxation (Shaw, CP 1998, LNCS 1520,
                    417-431)

Both only propose plans; bounds come from relaxations of the whole model. Each step ends on counts, so that the same
input gives the same plan wherever the clock does not come first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Floats
from orebook.solver.outcome import Outcome

BATCH = 3
"""Minerals made whole at a time: small enough to be quick, large enough to trade with each other."""

FILLERS = 3
"""The heaviest minerals: their lots stay free in every step, so that a light one finds room and money."""

SIZES = (1, 1, 2, 3, 4, 5, 6)
"""Minerals freed together, pass by pass."""

BUILD_SHARE = 0.35
"""Part of the time that building a first plan may take; a step gets at most about twice its share of it."""

NEGLIGIBLE = 0.02
"""Part of all loss against the relaxation that is not worth a step."""

STEP_NODES = 20
STEP_GAP = 5e-4
WORTH_IT = 2000
"""Integer columns from which on these ways pay; below, the solver alone is quicker."""


@dataclass
class Search:
    """A solver, a stage's objective with its relaxation, and when to stop: `good` says whether a value is within the gap."""

    solver: Solver
    cost: Floats
    offset: float
    relaxed: Outcome
    deadline: float
    good: Callable[[float], bool]
    report: Callable[[float], None]
    seed: int = 0
    cut: bool = False

    def value(self, x: Floats) -> float:
        """The objective at a point."""
        return float(self.cost @ x) + self.offset

    def relax_and_fix(self) -> Floats | None:
        """A plan built from the relaxation, or None where the last minerals find no room."""
        matrix = self.solver.matrix
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        settled = np.zeros_like(matrix.integer)
        order, x = self._lightest_first(), self.relaxed.x
        for k in range(0, len(order), BATCH):
            batch = matrix.integer & np.isin(matrix.block, order[k : k + BATCH])
            waiting = matrix.integer & np.isin(matrix.block, order[k + BATCH :])
            held = waiting & ~np.isin(matrix.block, order[-FILLERS:])
            part = Part(np.where(held, x, lower), np.where(held, x, upper), matrix.integer & ~waiting)
            steps_left = -(-(len(order) - k) // BATCH)
            found = self._step(part, None, BUILD_SHARE * 2 * self._left() / (steps_left + 1))
            if found is None:
                return None
            settled |= batch
            lower[settled], upper[settled] = np.round(found[settled]), np.round(found[settled])
            if waiting.any():
                found = self._step(Part(lower, upper, np.zeros_like(waiting)), None, self._left())
            if found is None:
                return None
            x = np.where(settled, lower, found)
        return x

    def improve(self, x: Floats) -> Floats:
        """A plan at least as good, by passes over neighbourhoods that grow; stops when it is good enough."""
        matrix, best = self.solver.matrix, self.value(x)
        rng = np.random.default_rng(self.seed)
        gives = np.isin(matrix.block, self._lightest_first()[-FILLERS:]) & (matrix.upper > 1)
        for size in SIZES:
            for leader in self._by_loss(x):
                if self.good(best) or self._out_of_time():
                    return x
                others = np.delete(np.arange(len(matrix.blocks)), leader)
                freed = [leader, *rng.permutation(others)[: size - 1]]
                held = matrix.integer & (matrix.block >= 0) & ~np.isin(matrix.block, freed) & ~gives
                part = Part(np.where(held, x, matrix.lower), np.where(held, x, matrix.upper), matrix.integer)
                found = self._step(part, x, self._left())
                if found is not None and self.value(found) < best - 1e-9 * abs(best):
                    x, best = found, self.value(found)
                    self.report(best)
        return x

    def _by_loss(self, x: Floats) -> list[int]:
        """The minerals that lose most against the relaxation, worst first, until what is left does not matter.

        c x - c x' = d (x - x') + y (A x - A x') for the relaxation's point x', duals y and reduced costs d: no term is
        negative, and all but those of shared rows and columns belong to a mineral.
        """
        matrix, relaxed = self.solver.matrix, self.relaxed
        columns, rows = matrix.block, matrix.row_block
        lost = relaxed.reduced_cost * (x - relaxed.x)
        lost_in_rows = relaxed.row_dual * (matrix.A @ (x - relaxed.x))
        own = np.bincount(columns[columns >= 0], lost[columns >= 0], len(matrix.blocks))
        own += np.bincount(rows[rows >= 0], lost_in_rows[rows >= 0], len(matrix.blocks))
        order = np.argsort(-own, kind="stable")
        matters = np.cumsum(own[order][::-1])[::-1] > NEGLIGIBLE * max(1e-300, float(own.clip(0).sum()))
        return [int(k) for k in order[matters]]

    def _lightest_first(self) -> NDArray[np.int64]:
        """Minerals by what their orders weigh in the relaxation's rows, lightest first; ties by name.

        The light ones come in few lots and take little; the heavy ones come in many and give way by a few of them.
        """
        matrix = self.solver.matrix
        weight = np.asarray(abs(matrix.A).sum(axis=0)).ravel() * np.abs(self.relaxed.x) * matrix.integer
        totals = np.array([weight[matrix.block == k].sum() for k in range(len(matrix.blocks))])
        return np.argsort(totals, kind="stable")

    def _step(self, part: Part, start: Floats | None, seconds: float) -> Floats | None:
        limits = Limits(gap=STEP_GAP, absolute_gap=0.0, seconds=seconds, nodes=STEP_NODES, seed=self.seed)
        outcome = self.solver.solve(self.cost, self.offset, limits, start, part, quiet=True)
        self.cut = self.cut or outcome.cut in ("time", "interrupt")
        return outcome.x if outcome.has_plan else None

    def _left(self) -> float:
        return max(0.0, self.deadline - time.perf_counter())

    def _out_of_time(self) -> bool:
        out = self._left() <= 0 or self.solver.stop.asked
        self.cut = self.cut or out
        return out
