"""Other plans that are nearly as good: every measure kept, the last one but for a leeway, and other tickets of a mineral.

The first of them drives out as many of the plan's tickets as can be; each of the others has the fewest tickets by a
price list drawn at random. Only the mineral's own columns and those that all share are open, the rest stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.errors import DisagreementError
from orebook.formulation.build import Formulation, build
from orebook.plan import Plan
from orebook.schema.model import TIDYING, Model, StageName
from orebook.solver.highs import Limits, Solver
from orebook.solver.known import Known
from orebook.solver.matrix import Floats, Matrix, matrix_of
from orebook.solver.settle import Settled, Settler
from orebook.solver.stop import Stop
from orebook.solver.units import most_kept

OTHER_TICKET = 1e-3
"""What a ticket that the plan does not have weighs, where one that it has weighs 1."""
START_SECONDS = 8.0
LIMITS = Limits(gap=0.02, absolute_gap=0.5, seconds=10.0, nodes=1)
"""Of one near plan: any that differs will do, so it ends on counts."""


@dataclass(frozen=True)
class Found:
    """Near plans, judged; `proven`: every near plan has all the plan's tickets of the mineral."""

    plans: tuple[Settled, ...]
    proven: bool


@dataclass
class Near:
    """Plans near a plan that differ in the tickets of one mineral; `leeway` is in the last main stage's unit."""

    plan: Plan
    known: Known
    mineral: str
    leeway: float
    stop: Stop = field(default_factory=Stop)

    def find(self, count: int) -> Found:
        """At most so many near plans."""
        start = self.known.start(self._formulation, self._solver, self._last, START_SECONDS)
        if start is None:
            return Found((), proven=False)
        rng, opened = np.random.default_rng(0), self._opened
        small = Solver(folded(self._matrix, start, opened), self.stop)
        points, proven = [], False
        for k in range(count):
            weight = rng.random(len(self._theirs)) if k else self._theirs
            cost = np.where(self._undecided, weight[self._placed], 0.0)[opened]
            outcome = small.solve(cost, 0.0, LIMITS, start[opened], quiet=True)
            if self.stop.asked or not outcome.has_plan:
                break
            points.append(np.where(opened, _spread(outcome.x, opened), start))
            proven = proven or (k == 0 and outcome.bound > float(cost @ start[opened]) - 1 + OTHER_TICKET * len(weight))
            if proven:
                break
        return Found(tuple(self._settled(points)), proven)

    def _settled(self, points: Iterable[Floats]) -> Iterator[Settled]:
        settler = Settler(self.plan.problem, self._model, self._formulation, self._excused)
        for x in points:
            try:
                yield settler.settle(self._solver, self._last, x)
            except DisagreementError:
                continue  # rounding took it over a limit: a plan less to compare with

    @cached_property
    def _model(self) -> Model:
        model = self.plan.problem.governing(self.plan.model)
        return model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIDYING)})

    @cached_property
    def _formulation(self) -> Formulation:
        return build(self.plan.problem, self._model, closed=self.known.closed)

    @cached_property
    def _matrix(self) -> Matrix:
        """The program with every main stage held at the plan's measure, the last with its leeway."""
        matrix, measures = matrix_of(self._formulation), self.plan.judgement.measures
        matrix = self.known.holding(self._formulation, matrix)
        for stage in self._formulation.stages:
            more = self.leeway if stage == self._last else 0.0
            matrix = matrix.holding(stage, most_kept(float(measures[stage]), 0.0) + more)
        return matrix

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self._matrix, self.stop)

    @property
    def _last(self) -> StageName:
        return self._formulation.stages[-1]

    @property
    def _excused(self) -> frozenset[tuple[str, str]]:
        return frozenset((g.rule, g.row) for g in self.plan.document.given_up)

    @cached_property
    def _placed(self) -> NDArray[np.int32]:
        """The slot of each column that says whether it has a ticket; -1 for the other columns."""
        of, order = self._matrix.column_of(), self._formulation.pyomo.order
        slots = np.full(len(self._matrix.columns), -1, np.int32)
        for k, slot in enumerate(self._formulation.slots):
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
        place = self._matrix.blocks.index(self.mineral)
        return np.isin(self._matrix.block, (place, -1))

    @cached_property
    def _theirs(self) -> Floats:
        """The weight of each slot that drives the plan's own tickets out."""
        theirs = {(t.offer, t.week) for t in self.plan.document.tickets}
        return np.array([1.0 if slot.key in theirs else OTHER_TICKET for slot in self._formulation.slots])


def _spread(x: Floats, opened: NDArray[np.bool_]) -> Floats:
    """A point of the opened columns with zeros in the place of the others."""
    whole = np.zeros(len(opened))
    whole[opened] = x
    return whole


def folded(matrix: Matrix, x: Floats, opened: NDArray[np.bool_]) -> Matrix:
    """The program of the opened columns alone, the others fixed at a point; rows that have none of them are left out."""
    inside = sp.csr_array(matrix.A[:, opened])
    rest = matrix.A[:, ~opened] @ x[~opened]
    rows = np.diff(inside.indptr) > 0
    return replace(
        matrix,
        A=sp.csr_array(inside[rows]),
        row_lower=(matrix.row_lower - rest)[rows],
        row_upper=(matrix.row_upper - rest)[rows],
        lower=matrix.lower[opened],
        upper=matrix.upper[opened],
        integer=matrix.integer[opened],
        cost={},
        offset={},
        rows=(None,) * int(rows.sum()),
        columns=(None,) * int(opened.sum()),
        block=matrix.block[opened],
    )
