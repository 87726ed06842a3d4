"""The one door to the solver: a matrix and an objective in, an outcome out.

Whatever stands behind it (`backends`), settled here is that
- a plan is checked against every row before it is believed, whatever the status word says;
- matrices are scaled by powers of two, objectives so that reduced costs stand clear of the dual tolerance;
- no coefficient far smaller than others of its row gets through (`conditioning.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from orebook.errors import SolveError
from orebook.solver.lp.backends import capabilities_of
from orebook.solver.lp.child_process import answered
from orebook.solver.lp.conditioning import Conditioned, conditioned, zeroed
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_value
from orebook.solver.lp.limits import Limits, Progress
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.messages import BASIC, Answer, Program, Question, Settings
from orebook.solver.lp.messages import Basis as Statuses
from orebook.solver.lp.outcome import Ending, Outcome, StoppedBy
from orebook.solver.lp.scaling import Scaling, objective_factor, scaling_of
from orebook.solver.lp.stop import Stop
from orebook.solver.parameters import DEFAULT_SOLVER

FEASIBILITY = 1e-6
"""Tolerance on scaled rows, the solver's own."""

FINER = 1e-7
"""The same where there is said to be no plan, which has been wrong."""

FINE_TOLERANCE = 1e-9
"""The same where that is too coarse for a problem's smallest amounts, or what is solved is linear."""

OTHER_SEEDS = 3
"""With which a solve that ended in an error is tried again: HiGHS 1.15.1 ends so on programs of few columns by chance."""

SECOND_LOOK_NODES, SECOND_LOOK_COLUMNS = 1000, 5000
"""For another look at a plan that presolve alone calls best, and the largest program that has one."""

SECOND_LOOK_REL = 1e-9
"""Part of a bound that is no better plan."""

MEND_S = 60.0
"""For the rest of a plan whose whole numbers are kept because it breaks a row by more than that."""


@dataclass(frozen=True)
class Basis:
    """The basis of a relaxation as the solver had it, and how many rows and columns of it are not the program's."""

    statuses: Statuses
    added: int


@dataclass
class Solver:
    """A matrix, scaled once, solved for one objective after another."""

    matrix: Matrix
    stop: Stop = field(default_factory=Stop)
    on_progress: Callable[[Progress], None] = lambda _p: None
    until: float = np.inf
    """On the performance counter's clock: when every solve has ended, whatever it is for."""
    tolerance: float | None = None
    """How far rows may be off, scaled; the solver's own where None."""
    backend: str = DEFAULT_SOLVER
    """What solves; relaxations go to the default where it gives no duals of them."""
    log: Callable[[str], None] | None = None
    """Takes the solver's own log."""

    def __post_init__(self) -> None:
        if not np.isfinite(self.matrix.A.data).all():
            raise SolveError("a row has a coefficient that is not a finite number")
        matrix = self.matrix
        self.scaling: Scaling = scaling_of(matrix)
        row, column = self.scaling.row, self.scaling.column
        self._program: Conditioned = conditioned(
            self.scaling.apply(matrix),
            matrix.row_lower * row,
            matrix.row_upper * row,
            matrix.lower / column,
            matrix.upper / column,
        )

    def solve(
        self,
        cost: Floats,
        offset: float,
        limits: Limits,
        start: Floats | None = None,
        part: Domain | None = None,
        *,
        basis_from: Outcome | None = None,
        quiet: bool = False,
    ) -> Outcome:
        """Minimise cost . x + offset. `start` is a plan to begin from; where it holds, the outcome has a plan.

        `part` opens less than the whole matrix; `quiet` keeps such a solve's bounds from being taken for the whole's.
        `basis_from` is a relaxation of this matrix, or of one that has fewer rows at its end; another begins where it ended.

        Begun at a plan, HiGHS 1.15.1 may call it best that is not, by a millionth or so, where presolve leaves it two columns:
        what presolve alone comes to is looked at again without it.
        """

        def once(within: Limits) -> Outcome:
            return self._solved_once(cost, offset, within, start, part, basis_from=basis_from, quiet=quiet)

        outcome = once(limits)
        if outcome.ending in ("infeasible", "failed") and limits.sure and limits.presolve:
            return self._doubted(outcome, limits, once)
        doubtful = start is not None and outcome.ending == "proven" and outcome.presolved and limits.sure
        if not doubtful or limits.nodes is not None or len(cost) > SECOND_LOOK_COLUMNS:
            return outcome
        none = np.zeros(len(self.matrix.row_lower))
        if outcome.bound <= dual_value(self.matrix, (self.matrix.lower, self.matrix.upper), cost, none) + offset:
            return outcome  # the columns' bounds say so themselves
        again = replace(
            limits,
            gap=0.0,
            absolute_gap=0.0,
            presolve=False,
            seconds=max(0.0, limits.seconds - outcome.seconds),
            nodes=SECOND_LOOK_NODES,
        )
        other = self._solved_once(cost, offset, again, start, part, basis_from=None, quiet=True)
        better = other.has_plan and float(cost @ (outcome.x - other.x)) > SECOND_LOOK_REL * abs(outcome.bound)
        return other if better else outcome

    def _doubted(self, outcome: Outcome, limits: Limits, once: Callable[[Limits], Outcome]) -> Outcome:
        """What is called to have no plan, without presolve; and with a finer tolerance, where that is called so, too.

        HiGHS 1.15.1 calls programs infeasible whose fixed columns miss a row by less than its tolerance; a tenth of it helps.
        What ended in an error each time is tried with other seeds.
        """
        left, tolerance = limits.seconds - outcome.seconds, limits.feasibility or self.tolerance or FEASIBILITY
        plain = replace(limits, presolve=False)
        for way in (plain, *([replace(plain, feasibility=FINER)] if tolerance > FINER else [])):
            outcome = once(replace(way, seconds=max(0.0, left)))
            left -= outcome.seconds
            if outcome.ending not in ("infeasible", "failed"):
                return outcome
        for k in range(1, OTHER_SEEDS + 1):
            if outcome.ending != "failed":
                break
            outcome = once(replace(plain, seed=limits.seed + k, seconds=max(0.0, left)))
            left -= outcome.seconds
        return outcome

    def _solved_once(
        self,
        cost: Floats,
        offset: float,
        limits: Limits,
        start: Floats | None,
        part: Domain | None,
        *,
        basis_from: Outcome | None,
        quiet: bool,
    ) -> Outcome:
        began = time.perf_counter()
        matrix = self.matrix
        part = part or Domain(matrix.lower, matrix.upper, matrix.integer)
        factor = objective_factor(cost, self.scaling.column)
        question = self._question(
            cost * factor, limits if basis_from is None else replace(limits, presolve=False), part
        )
        settings = replace(question.settings, absolute_gap=max(1e-12, limits.absolute_gap * factor))
        question = replace(
            question,
            settings=settings,
            start=None if start is None else self._program.point(start / self.scaling.column),
            basis=None if basis_from is None else _longer(basis_from, len(matrix.row_lower)),
            log=self.log is not None and not quiet,
        )
        hear = None if quiet else self._hearing(factor, offset, began)
        backend = self._backend(part)
        answer = answered(question, self.stop, hear, until=self.until, backend=backend, log=None if quiet else self.log)
        outcome = self._outcome(answer, part, cost, factor, offset, time.perf_counter() - began)
        outcome = outcome if start is None else self._begun(outcome, part.rounded(start))
        return outcome if outcome.broken is None else self._mended(outcome, cost, offset, part)

    def _begun(self, outcome: Outcome, start: Floats) -> Outcome:
        """An outcome without a plan with the one that it began from, where that holds."""
        if outcome.ending != "empty-handed" or not self.keeps_rows(start):
            return outcome
        return replace(outcome, ending="stopped", _x=start)

    def _mended(self, outcome: Outcome, cost: Floats, offset: float, part: Domain) -> Outcome:
        """A plan that broke a row by the solver's tolerances, its whole numbers kept and the rest solved again."""
        broken, whole = outcome.broken, part.integer
        if broken is None or not whole.any():
            return replace(outcome, bound=-np.inf)
        fixed = Domain(np.where(whole, broken, part.lower), np.where(whole, broken, part.upper), np.zeros_like(whole))
        again = self.solve(cost, offset, Limits(0.0, 0.0, MEND_S, ignore_stop=True), None, fixed, quiet=True)
        if not again.has_plan:
            return replace(outcome, bound=-np.inf)
        return replace(outcome, ending="stopped", detail="", broken=None, _x=again.x)

    def dual_ray(self, part: Domain, limits: Limits) -> Floats | None:
        """Multipliers of the rows that the solver thinks prove a relaxation empty, unscaled; None where it has none."""
        question = self._question(np.zeros(len(part.lower)), replace(limits, presolve=False), part)
        answer = answered(replace(question, ray=True), self.stop, until=self.until)
        return None if answer.dual_ray is None else answer.dual_ray[self._program.added :] * self.scaling.row

    def _backend(self, part: Domain) -> str:
        """What solves a part: relaxations want duals, which not every solver gives."""
        if self.backend == DEFAULT_SOLVER or part.integer.any() or capabilities_of(self.backend).duals:
            return self.backend
        return DEFAULT_SOLVER

    def _question(self, cost: Floats, limits: Limits, part: Domain) -> Question:
        if not np.isfinite(cost).all():
            raise SolveError("an objective has a coefficient that is not a finite number")  # the solver would spin
        settings = Settings(
            gap=limits.gap,
            seconds=max(0.0, limits.seconds),
            nodes=limits.nodes,
            stalled_nodes=limits.stalled_nodes,
            improvements=limits.improvements,
            iterations=limits.iterations,
            seed=limits.seed,
            presolve=limits.presolve,
            heuristics=limits.heuristics,
            feasibility=limits.feasibility or self.tolerance,
            interior=limits.interior,
        )
        return Question(self.program(cost, part), settings, heeds=not limits.ignore_stop)

    def program(self, cost: Floats, part: Domain) -> Program:
        """The scaled and conditioned program of an objective, as a solver gets it."""
        scaling, program = self.scaling, self._program
        a = program.A
        return Program(
            cost=program.columns(cost * scaling.column, 0.0),
            lower=program.columns(zeroed(part.lower / scaling.column), -np.inf),
            upper=program.columns(zeroed(part.upper / scaling.column), np.inf),
            integer=program.columns(part.integer.astype(np.float64), 0.0).astype(np.int32),
            row_lower=program.row_lower,
            row_upper=program.row_upper,
            starts=a.indptr.astype(np.int32, copy=False),
            columns=a.indices.astype(np.int32, copy=False),
            values=a.data,
        )

    def _hearing(self, factor: float, offset: float, began: float) -> Callable[[float, float], None]:
        def hear(incumbent: float, bound: float) -> None:
            seconds = time.perf_counter() - began
            self.on_progress(Progress(seconds, _finite(incumbent, factor, offset), _finite(bound, factor, offset)))

        return hear

    def _outcome(
        self, answer: Answer, part: Domain, cost: Floats, factor: float, offset: float, seconds: float
    ) -> Outcome:
        added, bound = self._program.added, answer.bound / factor + offset
        x = None if answer.x is None else part.rounded(answer.x[added:] * self.scaling.column)
        ending, stopped_by = _ending(answer, x is not None)
        if x is not None and not self.keeps_rows(x):
            bound = min(bound, answer.objective / factor + offset)
            return Outcome("failed", float(bound), seconds, stopped_by, "the solver's plan breaks a row", broken=x)
        # a relaxation that was cut off has a value, and no bound
        bounded = ("proven", "stopped", "empty-handed") if part.integer.any() else ("proven",)
        bound = bound if ending in bounded and np.isfinite(bound) else -np.inf
        if ending != "proven" or answer.duals is None:
            word, presolved = answer.word, answer.presolved
            return Outcome(ending, float(bound), seconds, stopped_by, word, presolved=presolved, _x=x)
        reduced = answer.duals[0][added:] / (self.scaling.column * factor)
        duals = answer.duals[1][added:] * self.scaling.row / factor
        # begun near another, it may call a point best that is not (HiGHS issue 3194): what its duals come to holds
        bound = min(bound, dual_value(self.matrix, (part.lower, part.upper), cost, duals) + offset)
        basis = None if answer.basis is None else Basis(answer.basis, added)
        return Outcome(ending, float(bound), seconds, stopped_by, answer.word, reduced, duals, basis, _x=x)

    def can_begin_at(self, basis_from: Outcome | None) -> bool:
        """Whether a relaxation's end is a beginning here: it has a basis, of this program or one with fewer rows at its end."""
        fits = basis_from is not None and basis_from.basis is not None and basis_from.basis.added == self._program.added
        return fits and basis_from is not None and len(basis_from.row_dual) <= len(self.matrix.row_lower)

    def keeps_rows(self, x: Floats) -> bool:
        """Whether a point breaks no row by more than the solver's tolerances."""
        return self.worst_violation(x) <= 10 * (self.tolerance or FEASIBILITY)

    def worst_violation(self, x: Floats) -> float:
        """The largest violation of a scaled row at a point, relative to the row's limit where that is over 1."""
        matrix, scale = self.matrix, self.scaling.row
        activity = matrix.A @ x
        worst = 0.0
        for limit, sign in ((matrix.row_lower, 1.0), (matrix.row_upper, -1.0)):
            there = np.isfinite(limit)
            miss = sign * (limit - activity)[there] * scale[there] / np.maximum(1, np.abs(limit * scale)[there])
            worst = max(worst, float(miss.max(initial=0.0)))
        return worst


def _ending(answer: Answer, has_plan: bool) -> tuple[Ending, StoppedBy | None]:
    status = answer.status
    if status == "optimal" and has_plan:
        return "proven", None
    if status in ("time", "interrupt", "count"):
        return ("stopped" if has_plan else "empty-handed"), status
    if status == "infeasible" and not has_plan:
        return "infeasible", None
    return "failed", None


def _longer(basis_from: Outcome, rows: int) -> Statuses:
    """A relaxation's basis for a program that may have more rows at its end: they are basic."""
    columns, of_rows = basis_from.basis.statuses
    more = rows - len(basis_from.row_dual)
    return columns, np.concatenate([of_rows, np.full(more, BASIC, np.int8)]) if more else of_rows


def _finite(value: float, factor: float, offset: float) -> float | None:
    return value / factor + offset if np.isfinite(value) else None
