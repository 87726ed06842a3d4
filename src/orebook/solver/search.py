"""Plans by structure: minerals meet only in money, stores and a few shares, so they are settled a few at a time.

The relaxation's bound is close from the start; what takes long is a plan as good as it. Two ways to one:

relax and fix       the minerals are made whole a batch at a time, the lightest first, while those still to come are
                    held where the relaxation has them; then the relaxation of those is solved again around what was
                    settled (Dillenberger et al., European Journal of Operational Research 75 (1994) 273-286)
large neighbourhood from a plan, all minerals but a few are held and those few solved again, those first that lose most
                    against the relaxation, in larger company each time (Shaw, CP 1998, LNCS 1520, 417-431)

Every step is a program of its few minerals alone, all else folded into its rows. Both ways only propose plans; bounds come
from relaxations of the whole model. Each step ends on counts, so that the same input gives the same plan wherever the clock
does not come first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from orebook.solver.folding import folded, unfolded
from orebook.solver.highs import FEASIBILITY, Limits, Part, Solver
from orebook.solver.matrix import Floats, Mask
from orebook.solver.outcome import Outcome

BATCH = 3
"""Minerals made whole at a time: small enough to be quick, large enough to trade with each other."""

FILLERS = 3
"""The heaviest minerals: their lots stay free in every step, so that a light one finds room and money."""

COMPANY = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4)
"""Minerals freed together with the one that loses, try by try."""

BUILD_SHARE = 0.35
"""Part of the time that building a first plan may take; a step gets at most about twice its share of it."""

NEGLIGIBLE = 0.02
"""Part of all loss against the relaxation that is not worth a step."""

STEP_NODES = 20
BUILD_GAP, STEP_GAP = 5e-4, 1e-5
"""Part of the relaxation's bound by which a step may miss its best: while building, and while bettering."""

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
    threads: int = 1
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
        order, x = self._lightest_first, self.relaxed.x
        warm = self.solver.warm(self.cost, self.offset, Limits(0.0, 0.0, self._left(), seed=self.seed))
        for k in range(0, len(order), BATCH):
            steps_left = -(-(len(order) - k) // BATCH)
            found = self._batch(x, k, BUILD_SHARE * 2 * self._left() / (steps_left + 1))
            if found is None:
                return None
            settled |= np.isin(matrix.block, order[k : k + BATCH]) & matrix.integer
            lower[settled], upper[settled] = np.round(found[settled]), np.round(found[settled])
            again = warm.solve(lower, upper, self._left()) if k + BATCH < len(order) else None
            x = np.where(settled, lower, again.x if again and again.has_plan else found)
        return x if self.solver.worst_violation(x) <= 10 * FEASIBILITY else None

    def _batch(self, x: Floats, k: int, seconds: float) -> Floats | None:
        """The point with a batch made whole; the heaviest minerals still to come and what is shared give way."""
        order, block = self._lightest_first, self.solver.matrix.block
        batch = np.isin(block, order[k : k + BATCH])
        opened = batch | np.isin(block, (-1, *order[max(k + BATCH, len(order) - FILLERS) :]))
        return self._step(x, opened, batch | (block < 0), None, BUILD_GAP, seconds)

    def improve(self, x: Floats) -> Floats:
        """A plan at least as good; ends when it is good enough, or when no mineral that loses is bettered any more."""
        tries = np.zeros(len(self.solver.matrix.blocks), int)
        rng, best = np.random.default_rng(self.seed), self.value(x)
        with ThreadPoolExecutor(self.threads) as pool:
            while not self.good(best) and not self._out_of_time():
                leaders = self._leaders(x, tries)
                if not leaders:
                    break
                hoods = [self._hood(k, COMPANY[tries[k]], rng) for k in leaders]
                tries[leaders] += 1
                found = [y for y in pool.map(self._bettering(x), hoods) if y is not None]
                nearest = min(found, key=self.value, default=x)
                if self.value(nearest) < best - 1e-9 * abs(best):
                    x, best = nearest, self.value(nearest)
                    tries = np.maximum(0, tries - 1)
                    self.report(best)
        return x

    def _leaders(self, x: Floats, tries: NDArray[np.int_]) -> list[int]:
        """As many minerals as there are threads: those that lose most, each try halving what a loss counts for."""
        lost = self._lost(x)
        order = np.argsort(-lost * 0.5**tries, kind="stable")
        matters = NEGLIGIBLE / len(lost) * lost.sum()
        return [int(k) for k in order if lost[k] > matters and tries[k] < len(COMPANY)][: self.threads]

    def _hood(self, leader: int, company: int, rng: np.random.Generator) -> list[int]:
        others = np.delete(np.arange(len(self.solver.matrix.blocks)), leader)
        return [leader, *(int(k) for k in rng.permutation(others)[:company])]

    def _bettering(self, x: Floats) -> Callable[[Sequence[int]], Floats | None]:
        """What solves some minerals again around a plan."""
        matrix, always = self.solver.matrix, self._giving

        def better(freed: Sequence[int]) -> Floats | None:
            opened = np.isin(matrix.block, freed) | always
            return self._step(x, opened, matrix.integer, x, STEP_GAP, self._left())

        return better

    def _step(
        self,
        x: Floats,
        opened: Mask,
        whole: Mask,
        start: Floats | None,
        gap: float,
        seconds: float,
    ) -> Floats | None:
        """The point with the columns `opened` solved again, those of them `whole` that must be."""
        small = Solver(folded(self.solver.matrix, x, opened), self.solver.stop)
        part = Part(small.matrix.lower, small.matrix.upper, small.matrix.integer & whole[opened])
        absolute = gap * abs(self.relaxed.bound)
        limits = Limits(gap=0.0, absolute_gap=absolute, seconds=seconds, nodes=STEP_NODES, seed=self.seed)
        begin = None if start is None else start[opened]
        outcome = small.solve(self.cost[opened], 0.0, limits, begin, part, quiet=True)
        self.cut = self.cut or outcome.cut in ("time", "interrupt")
        return unfolded(outcome.x, opened, x) if outcome.has_plan else None

    def _lost(self, x: Floats) -> Floats:
        """What each mineral loses against the relaxation, not below 0.

        c x - c x' = d (x - x') + y (A x - A x') for the relaxation's point x', duals y and reduced costs d: no term is
        negative, and all but those of shared rows and columns belong to a mineral.
        """
        matrix, relaxed = self.solver.matrix, self.relaxed
        columns, rows = matrix.block, matrix.row_block
        lost = relaxed.reduced_cost * (x - relaxed.x)
        lost_in_rows = relaxed.row_dual * (matrix.A @ (x - relaxed.x))
        own = np.bincount(columns[columns >= 0], lost[columns >= 0], len(matrix.blocks))
        own += np.bincount(rows[rows >= 0], lost_in_rows[rows >= 0], len(matrix.blocks))
        return own.clip(0)

    @cached_property
    def _giving(self) -> Mask:
        """What is open in every neighbourhood: shared columns, and the heaviest minerals' lots and amounts."""
        matrix = self.solver.matrix
        heavy = np.isin(matrix.block, self._lightest_first[-FILLERS:])
        return (matrix.block < 0) | (heavy & (~matrix.integer | (matrix.upper > 1)))

    @cached_property
    def _lightest_first(self) -> NDArray[np.int64]:
        """Minerals by what their orders weigh in the relaxation's rows, lightest first; ties by name.

        The light ones come in few lots and take little; the heavy ones come in many and give way by a few of them.
        """
        matrix = self.solver.matrix
        weight = np.asarray(abs(matrix.A).sum(axis=0)).ravel() * np.abs(self.relaxed.x) * matrix.integer
        totals = np.array([weight[matrix.block == k].sum() for k in range(len(matrix.blocks))])
        return np.argsort(totals, kind="stable")

    def _left(self) -> float:
        return max(0.0, self.deadline - time.perf_counter())

    def _out_of_time(self) -> bool:
        out = self._left() <= 0 or self.solver.stop.asked
        self.cut = self.cut or out
        return out
