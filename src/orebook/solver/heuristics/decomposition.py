"""A search for plans by structure: minerals meet only in money, stores and a few shares, so they are settled a few at a time.

The relaxation's bound is close from the start; what takes long is a plan as good as it. `relax_and_fix.py` builds one and
`large_neighbourhoods.py` betters it. Every step of either is a program of its few minerals alone, all else folded into its
rows. Steps only propose plans; bounds come from relaxations of the whole model. Each step ends on counts, so that the same
input gives the same plan wherever the clock does not come first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from orebook.solver.heuristics.subproblem import lifted, restricted
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Mask
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.parameters import SEARCH, SHARES, SearchParameters, TimeShares

AT_BOUND_REL = 1e-6
"""Part of a value by which it must be off its ends to stand between them."""

Minerals = NDArray[np.intp]
"""By their places in a matrix's `blocks`."""


@dataclass
class Search:
    """A solver, an objective with its relaxation, and when to stop: `is_good_enough` says whether a plan is within its gap.

    `without_cuts` is the solver without the cuts that lift the relaxation, which is no help to a step.
    """

    solver: Solver
    without_cuts: Solver
    cost: Floats
    offset: float
    relaxed: Outcome
    deadline: float
    is_good_enough: Callable[[Floats], bool]
    report: Callable[[Floats], None]
    parameters: SearchParameters = SEARCH
    shares: TimeShares = SHARES
    threads: int = 1
    seed: int = 0
    cut_short: bool = False

    def value(self, x: Floats) -> float:
        """The objective at a point."""
        return float(self.cost @ x) + self.offset

    def solve_subproblem(
        self,
        x: Floats,
        opened: Mask,
        integer: Mask,
        *,
        gap: float,
        seconds: float,
        nodes: int | None = None,
        start: Floats | None = None,
    ) -> Floats | None:
        """The point with the columns `opened` solved again, those of them `integer` that must be; None where nothing is found.

        The step may miss its best by `gap`, in the objective's unit.
        """
        matrix = restricted(self.without_cuts.matrix, x, opened)
        small = Solver(matrix, self.solver.stop, backend=self.solver.backend)
        part = Domain(small.matrix.lower, small.matrix.upper, small.matrix.integer & integer[opened])
        limits = Limits(
            0.0, gap, seconds, nodes=nodes or self.parameters.subproblem_nodes, seed=self.seed, heuristics="quick"
        )
        begin = None if start is None else start[opened]
        outcome = small.solve(self.cost[opened], 0.0, limits, begin, part, quiet=True)
        self.cut_short = self.cut_short or outcome.cut_short
        return lifted(outcome.x, opened, x) if outcome.has_plan else None

    def loss_by_mineral(self, x: Floats) -> Floats:
        """What each mineral loses against the relaxation, not below 0.

        c x - c x' = d (x - x') + y (A x - A x') for the relaxation's point x', duals y and reduced costs d: no term is
        negative, and all but those of shared rows and columns belong to a mineral.
        """
        matrix, relaxed = self.solver.matrix, self.relaxed
        off = x - relaxed.x
        in_columns = matrix.by_block(relaxed.reduced_cost * off)
        return (in_columns + matrix.by_row_block(relaxed.row_dual * (matrix.A @ off))).clip(0)

    @cached_property
    def lightest_first(self) -> Minerals:
        """Minerals by what their orders weigh in the relaxation's rows, lightest first; ties by name.

        The light ones come in few lots and take little; the heavy ones come in many and give way by a few of them.
        """
        matrix = self.solver.matrix
        size = np.asarray(abs(matrix.A).sum(axis=0)).ravel()
        return np.argsort(matrix.by_block(size * np.abs(self.relaxed.x) * matrix.integer), kind="stable")

    def compensating_minerals(self, x: Floats, minerals: Minerals) -> Minerals:
        """Those of some minerals, lightest first, that give way to others: the heaviest, and a few between their ends.

        What is counted of a mineral stands between its ends at a point of the relaxation in few; such a one makes up for what
        others take more or less of what is shared, at the relaxation's own prices.
        """
        matrix = self.solver.matrix
        room = np.minimum(x - matrix.lower, matrix.upper - x)
        between = (self.cost != 0) & ~matrix.integer & (room > AT_BOUND_REL * np.maximum(1.0, np.abs(x)))
        few = minerals[np.isin(minerals, matrix.block[between])][-self.parameters.max_compensating_minerals :]
        return np.union1d(few, minerals[-1:])

    def compensating_columns(self, minerals: Minerals) -> Mask:
        """Lots and amounts of minerals that give way."""
        matrix = self.solver.matrix
        return np.isin(matrix.block, minerals) & (~matrix.integer | (matrix.upper > 1))

    @property
    def left(self) -> float:
        """Seconds to the deadline, not below 0."""
        return max(0.0, self.deadline - time.perf_counter())

    @property
    def out_of_time(self) -> bool:
        """Whether the deadline is past or a stop is asked for; once seen, `cut_short` says so."""
        out = self.left <= 0 or self.solver.stop.asked
        self.cut_short = self.cut_short or out
        return out
