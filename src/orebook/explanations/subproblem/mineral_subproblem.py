"""One mineral as a small program of its own: the tickets of all others stay, and their goods lie where they do.

What is held is taken out of the matrix and its amounts off the rows, so that a solve is over in a second and to the
dollar, where the whole plan's bound is a million wide. A point is put back together with what is held, and judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.changes import changed
from orebook.errors import DisagreementError, RefutedError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.intervals import Proven
from orebook.formulation.build import Formulation, build
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.stages import MONEY_STAGES, StageName
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.finalise.finalise import Finaliser
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.gaps import most_kept
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import FEASIBILITY, Solver

Key = tuple[str, Any]
"""A Pyomo variable or row by its component and index: the same in every program of the subproblem."""
KEPT_STAGE_SLACK_REL = 1e-6
"""Part of an earlier stage that a later one may use: the contract's own."""


@dataclass(frozen=True)
class Found:
    """The best point of a subproblem under changes: what is proven of each stage's best value, and the tickets' tonnes."""

    reached: Mapping[StageName, Proven]
    tonnes: Mapping[tuple[str, int], float]
    """(offer, week) -> tonnes of the mineral's tickets."""
    _problem: Problem
    _formulation: Formulation
    _matrix: Matrix
    _x: Floats


@dataclass(frozen=True)
class _Program:
    problem: Problem
    formulation: Formulation
    matrix: Matrix

    @cached_property
    def keys(self) -> list[Key]:
        """Of the columns."""
        return [_key(v) for v in self.matrix.columns]


@dataclass
class MineralSubproblem:
    """A mineral of a plan. `told_usd` is the sum of money to which a solve is to be proven."""

    counterfactuals: Counterfactuals
    mineral: str
    told_usd: float
    _found: dict[tuple[str, ...], Found | None] = field(default_factory=dict)
    _last: dict[Key, float] = field(default_factory=dict)
    """The last point that was found: the next solve begins there, where it is a plan."""

    @property
    def held(self) -> tuple[str, ...]:
        """The minerals whose tickets stay as they are, and their goods where they lie."""
        return tuple(sorted(self.counterfactuals.others(self.mineral)))

    def solve(self, *changes: str) -> Found | None:
        """The best under changes; None where the subproblem has no plan. Raises RefutedError where the clock comes first."""
        if changes not in self._found:
            self._found[changes] = self._solve(changes)
        return self._found[changes]

    def best(self, *changes: str) -> Found:
        """The best under changes that leave the plan a plan. Raises RefutedError where the solver finds none."""
        found = self.solve(*changes)
        if found is None:
            raise RefutedError(f"{self.mineral} alone: no plan under {', '.join(changes) or 'no change'}")
        return found

    def judged(self, found: Found) -> Plan:
        """The whole plan that a point stands for, as the judge sees it. Raises RefutedError where he does not agree."""
        counterfactuals, matrix = self.counterfactuals, found._matrix
        gave = frozenset((g.rule, g.row) for g in counterfactuals.plan.document.given_up)
        model = found._problem.governing(counterfactuals.model)
        finaliser = Finaliser(found._problem, model, found._formulation, matrix, gave)
        try:
            settled = finaliser.finalise(Solver(matrix, counterfactuals.stop), list(found.reached)[-1], found._x)
        except DisagreementError as error:
            raise RefutedError(f"{self.mineral} alone: {error}") from error
        return Plan.assemble(
            found._problem, model, settled.judgement, status="feasible", stages=(), given_up=(), repeatable=True
        )

    def _program(self, changes: tuple[str, ...]) -> _Program:
        """The program in which the others' tickets are fixed, without the policy rows that the plan gave up."""
        counterfactuals = self.counterfactuals
        problem = changed(counterfactuals.problem, changes)
        known = WarmStart(counterfactuals.decisions, frozenset(self.held))
        formulation = build(problem, problem.governing(counterfactuals.model), closed=known.closed)
        matrix = known.with_fixed(formulation, matrix_of(formulation))
        gave = {g.row for g in counterfactuals.plan.document.given_up}
        if gave:
            matrix = matrix.without(k for k in range(len(matrix.rows)) if matrix.row_name(k) in gave)
        return _Program(problem, formulation, matrix)

    @cached_property
    def _held(self) -> tuple[dict[Key, float], dict[Key, float]]:
        """Every column of the plan's best point with these tickets, and by how much a row is over its limit there."""
        program = self._program(())
        known = WarmStart(self.counterfactuals.decisions, frozenset(self.held))
        matrix, stages = program.matrix, program.formulation.stages
        x = known.as_point(
            program.formulation, Solver(matrix, self.counterfactuals.stop), stages[0], self.counterfactuals.seconds
        )
        if x is None:
            raise RefutedError(f"{self.mineral} alone: the plan's own tickets are no plan")
        whole = matrix.integer
        for stage in stages:
            part = Domain(np.where(whole, x, matrix.lower), np.where(whole, x, matrix.upper), whole & False)
            limits = Limits(0.0, 0.0, self.counterfactuals.seconds)
            outcome = Solver(matrix, self.counterfactuals.stop).solve(
                matrix.cost[stage], matrix.offset[stage], limits, part=part, quiet=True
            )
            x = outcome.x if outcome.has_plan else x
            matrix = matrix.holding(stage, most_kept(matrix.value(stage, x), 0.0))
        activity = matrix.A @ x
        over = np.maximum(np.maximum(activity - matrix.row_upper, matrix.row_lower - activity), 0.0)
        rows = {_key(row): by for row, by in zip(matrix.rows, over.tolist(), strict=True) if row is not None and by > 0}
        return dict(zip(program.keys, map(float, x), strict=True)), rows

    @cached_property
    def _fillers(self) -> frozenset[str]:
        """The held mineral that has most in each store, by room and by tonnes: its goods make room for others'."""
        minerals, most = self.counterfactuals.problem.minerals, dict[tuple[str, int], tuple[float, str]]()
        for (name, site, _week), tonnes in self.counterfactuals.plan.judgement.stock.items():
            for k, size in enumerate((float(tonnes), float(tonnes) * minerals[name].m3_per_t)):
                if name != self.mineral:
                    most[site, k] = max(most.get((site, k), (0.0, "")), (size, name))
        return frozenset(name for size, name in most.values() if size > 0)

    def _solve(self, changes: tuple[str, ...]) -> Found | None:
        program = self._program(changes)
        values, over = self._held
        whole = program.matrix
        mine = [k for k, name in enumerate(whole.blocks) if name == self.mineral or name in self._fillers]
        free = (whole.lower < whole.upper) & ((whole.block < 0) | np.isin(whole.block, mine))
        x = np.array([values.get(key, 0.0) for key in program.keys])
        x = np.clip(x, whole.lower, whole.upper)
        small = _small(whole, free, x, over)
        reached: dict[StageName, Proven] = {}
        start = self._start(program, small, free)
        for stage in program.formulation.stages:
            outcome = self._stage(small, stage, start)
            if outcome is None:
                return None
            x[free] = start = outcome.x
            value = small.value(stage, outcome.x)
            reached[stage] = Proven(min(outcome.bound, value), value)
            most = most_kept(value, self.counterfactuals.model.slack_of(stage))
            if stage != program.formulation.stages[-1]:
                small, whole = small.holding(stage, most), whole.holding(stage, most)
        self._last = dict(zip(program.keys, map(float, x), strict=True))
        return Found(reached, self._tonnes(program, x), program.problem, program.formulation, whole, x)

    def _start(self, program: _Program, small: Matrix, free: NDArray[np.bool_]) -> Floats:
        """The last point where it is a plan here, else the plan's own."""
        solver = Solver(small, self.counterfactuals.stop)
        points: list[Floats] = []
        for point in (self._last, self._held[0]):
            x: Floats = np.array([point.get(key, 0.0) for key in program.keys])[free]
            points.append(np.clip(x, small.lower, small.upper))
        return points[0] if solver.worst_violation(points[0]) < FEASIBILITY else points[1]

    def _stage(self, small: Matrix, stage: StageName, start: Floats) -> Outcome | None:
        """A stage solved; what is called infeasible is asked again another way before it is believed."""
        absolute = self.told_usd if stage in MONEY_STAGES else KEPT_STAGE_SLACK_REL / 10
        solver = Solver(small, self.counterfactuals.stop)
        for presolve in (True, False):
            limits = Limits(0.0, absolute, self.counterfactuals.seconds / 2, presolve=presolve)
            outcome = solver.solve(small.cost[stage], small.offset[stage], limits, start, quiet=True)
            if outcome.has_plan:
                return outcome
        if outcome.ending != "infeasible":
            raise RefutedError(f"{self.mineral} alone: {outcome.detail or outcome.ending}")
        return None

    def _tonnes(self, program: _Program, x: Floats) -> dict[tuple[str, int], float]:
        point = dict(zip(program.keys, map(float, x), strict=True))
        tonnes: dict[tuple[str, int], float] = {}
        for slot in program.formulation.slots:
            if slot.offer.mineral == self.mineral:
                name, lot = ("lots", slot.offer.lot_t) if slot.offer.lot_t else ("tonnes", 1.0)
                tiers = {0, *(p.tier for p in slot.pieces)}
                tonnes[slot.key] = float(lot or 1.0) * sum(point.get((name, (*slot.key, k)), 0.0) for k in tiers)
        return {key: t for key, t in tonnes.items() if t > KEPT_STAGE_SLACK_REL}


def _key(of: Any) -> Key:
    return of.parent_component().local_name, of.index()


def _small(whole: Matrix, free: NDArray[np.bool_], x: Floats, over: Mapping[Key, float]) -> Matrix:
    """The program of the free columns: what the others take is off every row's limits. Rows without a column go, but for
    those that this leaves broken.

    A row that the held point is over its limit by a rounding is as much wider.
    """
    columns, held = np.flatnonzero(free), np.flatnonzero(~free)
    a = sp.csr_array(whole.A[:, columns])
    taken = whole.A[:, held] @ x[held]
    room = np.array([over.get(_key(row), 0.0) if row is not None else 0.0 for row in whole.rows])
    lower, upper = whole.row_lower - taken - room, whole.row_upper - taken + room
    hair = KEPT_STAGE_SLACK_REL * np.maximum(1.0, np.abs(taken))
    rows = np.flatnonzero((np.diff(a.indptr) > 0) | (lower > hair) | (upper < -hair))
    return replace(
        whole,
        A=sp.csr_array(a[rows]),
        row_lower=lower[rows],
        row_upper=upper[rows],
        lower=whole.lower[columns],
        upper=whole.upper[columns],
        integer=whole.integer[columns],
        cost={stage: cost[columns] for stage, cost in whole.cost.items()},
        offset={stage: whole.offset[stage] + float(cost[held] @ x[held]) for stage, cost in whole.cost.items()},
        rows=tuple(whole.rows[k] for k in rows),
        columns=tuple(whole.columns[k] for k in columns),
        block=whole.block[columns],
    )
