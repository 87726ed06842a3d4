"""Other plans that are nearly as good: every measure kept, the last one but for a leeway, and other tickets of a mineral.

The first of them drives out as many of the plan's tickets as can be; each of the others has the fewest tickets by a
price list drawn at random. Only the mineral's own columns and those that all share are open, the rest stands as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from orebook.solver.alternatives.held_stages import HeldStages
from orebook.solver.finalise.finalise import JudgedPoint
from orebook.solver.heuristics.subproblem import lifted, restricted
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver

OTHER_TICKET_WEIGHT = 1e-3
"""What a ticket that the plan does not have weighs, where one that it has weighs 1."""
NEAR_PLAN_LIMITS = Limits(gap=0.02, absolute_gap=0.5, seconds=10.0, nodes=1)
"""Of one near plan: any that differs will do, so it ends on counts."""


@dataclass(frozen=True)
class Found:
    """Near plans, judged; `proven`: every near plan has all the plan's tickets of the mineral."""

    plans: tuple[JudgedPoint, ...]
    proven: bool


@dataclass
class NearOptimalPlans:
    """Plans near a plan that differ in the tickets of one mineral."""

    held: HeldStages
    mineral: str
    theirs: Collection[tuple[str, int]]
    """(offer, week) of the plan's tickets."""

    def find(self, count: int) -> Found:
        """At most so many near plans."""
        start = self.held.start()
        if start is None:
            return Found((), proven=False)
        rng, opened = np.random.default_rng(0), self._opened
        small = Solver(restricted(self._matrix, start, opened), self.held.stop)
        points, proven = [], False
        for k in range(count):
            weight = rng.random(len(self._weights)) if k else self._weights
            cost = np.where(self._undecided, weight[self._placed], 0.0)[opened]
            outcome = small.solve(cost, 0.0, NEAR_PLAN_LIMITS, start[opened], quiet=True)
            if self.held.stop.asked or not outcome.has_plan:
                break
            points.append(lifted(outcome.x, opened, start))
            proven = k == 0 and outcome.bound > float(cost @ start[opened]) - 1 + OTHER_TICKET_WEIGHT * len(weight)
            if proven:
                break
        return Found(tuple(self.held.judged(points)), proven)

    @property
    def _matrix(self) -> Matrix:
        return self.held.matrix

    @cached_property
    def _placed(self) -> NDArray[np.int32]:
        """The slot of each column that says whether it has a ticket; -1 for the other columns."""
        formulation = self.held.formulation
        of, order = self._matrix.column_of(), formulation.pyomo.order
        slots = np.full(len(self._matrix.columns), -1, np.int32)
        for k, slot in enumerate(formulation.slots):
            for piece in slot.pieces[:1] if slot.incremental else slot.pieces:
                column = of.get(id(order[*slot.key, piece.tier]))
                if column is not None:
                    slots[column] = k
        return slots

    @property
    def _undecided(self) -> NDArray[np.bool_]:
        """The columns that say whether a slot has a ticket, where that is still to be said."""
        return (self._placed >= 0) & (self._matrix.lower < self._matrix.upper)

    @property
    def _opened(self) -> NDArray[np.bool_]:
        """The columns of the mineral, and those that several share."""
        return np.isin(self._matrix.block, (self._place, -1))

    @property
    def _place(self) -> int:
        blocks = self._matrix.blocks
        return blocks.index(self.mineral) if self.mineral in blocks else -1

    @cached_property
    def _weights(self) -> Floats:
        """The weight of each slot that drives the plan's own tickets out."""
        return np.array([1.0 if s.key in self.theirs else OTHER_TICKET_WEIGHT for s in self.held.formulation.slots])
