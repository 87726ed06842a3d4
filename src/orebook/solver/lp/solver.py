"""The one door to the solver: a matrix and an objective in, an outcome out.

Settled here, each for a reason measured on HiGHS 1.15.1:
- the presolve rule *probing* is off (it returned wrong optima), threads and seed are fixed (same input, same bytes);
- a plan is checked against every row before it is believed, whatever the status word says;
- matrices are scaled by powers of two, objectives so that reduced costs stand clear of the dual tolerance;
- no coefficient far smaller than others of its row gets through (`conditioning.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np

from orebook.errors import SolveError
from orebook.solver.lp.child_process import Highs
from orebook.solver.lp.conditioning import Conditioned, conditioned, zeroed
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_value
from orebook.solver.lp.limits import HEURISTICS, Limits, Progress
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Ending, Outcome, StoppedBy
from orebook.solver.lp.scaling import Scaling, objective_factor, scaling_of
from orebook.solver.lp.stop import Stop

PROBING = 32768
"""Bit of `presolve_rule_off` that switches the presolve rule *probing* off."""

FEASIBILITY = 1e-6
"""Tolerance on scaled rows, the solver's own."""

MEND_S = 60.0
"""For the rest of a plan whose whole numbers are kept because it breaks a row by more than that."""


@dataclass(frozen=True)
class Basis:
    """The solver's own basis of a relaxation, and how many rows and columns of it are not the program's."""

    of_solver: Any
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
        """
        outcome = self._solved_once(cost, offset, limits, start, part, basis_from=basis_from, quiet=quiet)
        if outcome.ending in ("infeasible", "failed") and limits.sure and limits.presolve:
            again = replace(limits, presolve=False, seconds=max(0.0, limits.seconds - outcome.seconds))
            return self._solved_once(cost, offset, again, start, part, basis_from=basis_from, quiet=quiet)
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
        highs = self._load(cost * factor, limits if basis_from is None else replace(limits, presolve=False), part)
        highs.setOptionValue("mip_abs_gap", max(1e-12, limits.absolute_gap * factor))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(self._program.point(start / self.scaling.column))
            highs.setSolution(solution)
        if basis_from is not None:
            highs.setBasis(_basis(basis_from, len(matrix.row_lower)))
        hear = None if quiet else self._hearing(factor, offset, began)
        highs.run(self.stop, hear, ignore_stop=limits.ignore_stop, until=self.until)
        outcome = self._outcome(highs, part, cost, factor, offset, time.perf_counter() - began)
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
        highs = self._load(np.zeros(len(part.lower)), replace(limits, presolve=False), part)
        highs.run(self.stop, until=self.until, ray=True)
        if highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return None
        _, there, ray = highs.getDualRay()
        return np.asarray(ray)[self._program.added :] * self.scaling.row if there else None

    def _load(self, cost: Floats, limits: Limits, part: Domain) -> Highs:
        if not np.isfinite(cost).all():
            raise SolveError("an objective has a coefficient that is not a finite number")  # the solver would spin
        highs = Highs()
        options: dict[str, Any] = {
            "output_flag": True,  # the callbacks are silent without it
            "log_to_console": False,
            "threads": 1,
            "random_seed": limits.seed,
            "presolve_rule_off": PROBING,
            "presolve": "choose" if limits.presolve else "off",
            "mip_rel_gap": limits.gap,
            "time_limit": max(0.0, limits.seconds),
            "mip_max_nodes": limits.nodes,
            "mip_max_stall_nodes": limits.stalled_nodes,
            "mip_max_improving_sols": limits.improvements,
            "simplex_iteration_limit": limits.iterations,
            **dict.fromkeys(
                ("primal_feasibility_tolerance", "mip_feasibility_tolerance"), limits.feasibility or self.tolerance
            ),
        }
        for name, value in (options | HEURISTICS[limits.heuristics]).items():
            if value is not None:
                highs.setOptionValue(name, value)
        self._pass(highs, cost, part)
        return highs

    def _pass(self, highs: Highs, cost: Floats, part: Domain) -> None:
        """Hand the scaled program over, as arrays: attribute by attribute it is copied a number at a time."""
        scaling, program = self.scaling, self._program
        a = program.A
        highs.passModel(
            a.shape[1],
            a.shape[0],
            a.nnz,
            highspy.MatrixFormat.kRowwise.value,
            highspy.ObjSense.kMinimize.value,
            0.0,
            program.columns(cost * scaling.column, 0.0),
            program.columns(zeroed(part.lower / scaling.column), -np.inf),
            program.columns(zeroed(part.upper / scaling.column), np.inf),
            program.row_lower,
            program.row_upper,
            a.indptr.astype(np.int32, copy=False),
            a.indices.astype(np.int32, copy=False),
            a.data,
            program.columns(part.integer.astype(np.float64), 0.0).astype(np.int32),
        )

    def _hearing(self, factor: float, offset: float, began: float) -> Callable[[float, float], None]:
        def hear(incumbent: float, bound: float) -> None:
            seconds = time.perf_counter() - began
            self.on_progress(Progress(seconds, _finite(incumbent, factor, offset), _finite(bound, factor, offset)))

        return hear

    def _outcome(
        self, highs: Highs, part: Domain, cost: Floats, factor: float, offset: float, seconds: float
    ) -> Outcome:
        info, status, added = highs.getInfo(), highs.getModelStatus(), self._program.added
        word = highs.modelStatusToString(status)
        bound = (info.mip_dual_bound if part.integer.any() else info.objective_function_value) / factor + offset
        x = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            x = part.rounded(np.asarray(highs.getSolution().col_value)[added:] * self.scaling.column)
        ending, stopped_by = _ending(status, x is not None)
        if x is not None and not self.keeps_rows(x):
            bound = min(bound, highs.getInfo().objective_function_value / factor + offset)
            return Outcome("failed", float(bound), seconds, stopped_by, "the solver's plan breaks a row", broken=x)
        # a relaxation that was cut off has a value, and no bound
        bounded = ("proven", "stopped", "empty-handed") if part.integer.any() else ("proven",)
        bound = bound if ending in bounded and np.isfinite(bound) else -np.inf
        if ending != "proven" or part.integer.any():
            return Outcome(ending, float(bound), seconds, stopped_by, word, _x=x)
        reduced = np.asarray(highs.getSolution().col_dual)[added:] / (self.scaling.column * factor)
        duals = np.asarray(highs.getSolution().row_dual)[added:] * self.scaling.row / factor
        # begun near another, it may call a point best that is not (HiGHS issue 3194): what its duals come to holds
        bound = min(bound, dual_value(self.matrix, (part.lower, part.upper), cost, duals) + offset)
        basis = Basis(highs.getBasis(), added)
        return Outcome(ending, float(bound), seconds, stopped_by, word, reduced, duals, basis, _x=x)

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


def _ending(status: Any, has_plan: bool) -> tuple[Ending, StoppedBy | None]:
    s = highspy.HighsModelStatus
    cuts: dict[Any, StoppedBy] = {
        s.kTimeLimit: "time",
        s.kInterrupt: "interrupt",
        s.kSolutionLimit: "count",
        s.kIterationLimit: "count",
    }
    if status == s.kOptimal and has_plan:
        return "proven", None
    if status in cuts:
        return ("stopped" if has_plan else "empty-handed"), cuts[status]
    if status in (s.kInfeasible, s.kUnboundedOrInfeasible) and not has_plan:
        return "infeasible", None
    return "failed", None


def _basis(basis_from: Outcome, rows: int) -> Any:
    """A relaxation's basis for a program that may have more rows at its end: they are basic."""
    basis, more = basis_from.basis.of_solver, rows - len(basis_from.row_dual)
    if more == 0:
        return basis
    longer = highspy.HighsBasis()
    longer.valid, longer.alien, longer.col_status = True, False, basis.col_status
    longer.row_status = [*basis.row_status, *[highspy.HighsBasisStatus.kBasic] * more]
    return longer


def _finite(value: float, factor: float, offset: float) -> float | None:
    return value / factor + offset if abs(value) < highspy.kHighsInf else None
