"""No plan: which rules clash, how that is known, and the cheapest way out.

The clash is irreducible: leave any one of its rows out and there is a plan. It is found by QuickXplain (Junker, AAAI 2004,
167-172) over the rows of the rules that are made of rows, and whole rules for those that shape what an order is.
It is said to be proven by an exact Farkas proof where the relaxation has one, else where two ways of solving agree.
A mend loosens one row of the clash alone, by the least that lets a plan exist, as a change of the instance that is made,
solved and judged before it is told; where that was not done in time it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

import numpy as np

from orebook.changes import changed
from orebook.errors import InfeasibleError, InputError, NoPlanError, SolveError, StoppedError
from orebook.formulation.build import build
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model, Stage
from orebook.schema.plan import Clash, ClashRow, Remedy
from orebook.schema.rules import CAN_GIVE_WAY, ROWS, RuleName, name_and_keys
from orebook.solver.clock import Clock
from orebook.solver.infeasibility.remedies import ways
from orebook.solver.infeasibility.row_words import clash_says, row_says
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.farkas import farkas_proof
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options

ANY_GAP_REL = 1e9
"""A gap within which any plan is."""
Solve = Callable[[Problem, Model, Options, Stop], Plan]
"""Solves a whole problem, or raises an error where no plan is proven to keep it."""
TWO_WAYS = "two ways of solving agree"
"""How it is known that there is no plan where no proof in fractions is."""

ALWAYS_HELD = ("flow", "orders", "money", "stage")


@dataclass(frozen=True, order=True)
class ConflictItem:
    """Something that can be left out: one row of a rule, or the whole rule where `row` is empty."""

    rule: str
    row: str = ""


Item = TypeVar("Item")
"""What a clash is made of: rows and rules, or futures."""


class ConflictOracle:
    """Answers whether some of a problem's rules can hold together; a matrix is built once a set of whole rules."""

    def __init__(
        self, problem: Problem, model: Model, options: Options, stop: Stop, clock: Clock | None = None
    ) -> None:
        self.problem, self.options, self.stop = problem, options, stop
        self.clock = clock or Clock(options.time_limit_s, options.shares)
        policy = [r for r, level in model.rules.items() if level.level == "policy"]
        self.model = model.without(*policy)
        self._matrix = lru_cache(maxsize=8)(self._build)

    def items(self) -> list[ConflictItem]:
        """Everything that could take part, whole rules last: rows say more."""
        whole = [ConflictItem(r) for r in self.model.rules if self.model.on(r) and r not in CAN_GIVE_WAY]
        matrix = self._matrix(frozenset(i.rule for i in whole))
        rows = {
            ConflictItem(matrix.row_rule(k), matrix.row_name(k))
            for k in range(len(matrix.rows))
            if matrix.row_rule(k) in CAN_GIVE_WAY
        }
        return [*whole, *sorted(rows)]

    def matrix(self, kept: Sequence[ConflictItem]) -> Matrix:
        """The program of these items alone, with what always holds."""
        matrix = self._matrix(frozenset(i.rule for i in kept if not i.row))
        names = {i.row for i in kept if i.row}
        rows = range(len(matrix.rows))
        return matrix.without(k for k in rows if matrix.row_rule(k) in CAN_GIVE_WAY and matrix.row_name(k) not in names)

    def feasible(self, kept: Sequence[ConflictItem], *, presolve: bool = True, seed: int = 0) -> bool:
        """Whether a plan keeps all of these. Raises StoppedError where the clock comes first."""
        solver = Solver(tightened(self.matrix(kept)), self.stop)
        limits = Limits(0.0, 0.0, self.clock.left, presolve=presolve, seed=seed, sure=True)
        outcome = solver.solve(np.zeros(len(solver.matrix.columns)), 0.0, limits)
        if outcome.has_plan:
            return True
        if outcome.ending == "infeasible":
            return False
        if outcome.ending == "empty-handed":
            raise StoppedError("stopped before the clash was found")
        raise SolveError(outcome.detail)

    def _build(self, whole: frozenset[str]) -> Matrix:
        off: list[RuleName] = [r for r in self.model.rules if r not in CAN_GIVE_WAY and r not in whole]
        bounds = self.model.without(*off, *CAN_GIVE_WAY)
        return matrix_of(build(self.problem, self.model.without(*off), bounds_from=bounds))


class NoClashError(SolveError):
    """There is a plan: nothing clashes."""


def explain_clash(
    problem: Problem, model: Model, options: Options, stop: Stop, solve: Solve, clock: Clock | None = None
) -> InfeasibleError:
    """The error to raise. Raises NoClashError where there is a plan after all, SolveError where the claim of infeasibility
    does not hold up, and StoppedError where a limit came first.

    All its solves end within the clock's time, the options' limit from now where there is none; what the clash is has to be
    found by then, and of its mends those are named that are. Mends are tried with `solve`.
    """
    clashing = ConflictOracle(problem, model, options, stop, clock)
    items = clashing.items()
    if clashing.feasible(items):
        raise NoClashError("the solver called a problem infeasible that has a plan")
    core = sorted(quick_xplain(clashing.feasible, items))
    proof = _proof(clashing, core)
    rows = tuple(ClashRow(rule=i.rule, row=i.row, says=row_says(problem, i.rule, i.row)) for i in core)
    hard = clashing.matrix(items)
    mends = tuple(m for i in core if i.row and (m := _mend(clashing, hard, i, solve)))
    return InfeasibleError(Clash(rows=rows, mends=mends, proof=proof, says=clash_says(rows, mends)))


def quick_xplain(feasible: Callable[[Sequence[Item]], bool], items: Sequence[Item]) -> list[Item]:
    """An irreducible subset of `items` that is not feasible; `items` together are not."""

    def search(background: list[Item], added: bool, candidates: list[Item]) -> list[Item]:
        if added and not feasible(background):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        left, right = candidates[:half], candidates[half:]
        second: list[Item] = search([*background, *left], bool(left), right)
        first: list[Item] = search([*background, *second], bool(second), left)
        return [*first, *second]

    if not feasible([]):
        return []
    return search([], False, list(items))


def _proof(clashing: ConflictOracle, core: Sequence[ConflictItem]) -> str:
    """How the clash is known. Raises SolveError where a second way of solving disagrees."""
    if farkas_proof(clashing.matrix(core), clashing.stop, clashing.clock.left):
        return "an exact Farkas proof in fractions"
    if clashing.feasible(core, presolve=False, seed=clashing.options.seed + 1):
        raise SolveError("two ways of solving disagree on whether the clashing rules have a plan")
    return TWO_WAYS


def _mend(clashing: ConflictOracle, matrix: Matrix, item: ConflictItem, solve: Solve) -> Remedy | None:
    """The least by which this row of `matrix` alone must be loosened, everything else kept as hard as it is."""
    k = next(k for k in range(len(matrix.rows)) if matrix.row_name(k) == item.row)
    row = matrix.A[[k], :].toarray().ravel()
    upper_side = bool(np.isfinite(matrix.row_upper[k]))
    limit = float(matrix.row_upper[k] if upper_side else matrix.row_lower[k])
    freed = matrix.without([k])
    limits = Limits(1e-6, 1e-6, clashing.clock.left, seed=clashing.options.seed)
    solver = Solver(tightened(freed), clashing.stop)
    outcome = solver.solve(
        row if upper_side else -row, 0.0, limits, None, Domain(freed.lower, freed.upper, freed.integer)
    )
    if not outcome.has_plan or outcome.cut_short:  # less might do
        return None
    by = max(0.0, float(row @ outcome.x) - limit if upper_side else limit - float(row @ outcome.x))
    found = next((way for way in ways(clashing.problem, item.row, by) if _settles(clashing, way.change, solve)), None)
    if found is None:
        return None
    return Remedy(
        rule=item.rule,
        row=item.row,
        by=by,
        unit=ROWS[name_and_keys(item.row)[0]].unit,
        says=found.says,
        change=found.change,
    )


def _settles(clashing: ConflictOracle, change: str, solve: Solve) -> bool:
    """Whether the changed instance has a plan that keeps physics and contract, as the judge sees it."""
    try:
        problem = changed(clashing.problem, [change])
        model = problem.governing(clashing.model)
        quick = model.model_copy(update={"stages": (Stage(stage="cost"),)})
        options = replace(clashing.options, gap=ANY_GAP_REL, audit=False, time_limit_s=clashing.clock.left)
        plan = solve(problem, quick, options, clashing.stop)
    except (InputError, NoPlanError, SolveError):
        return False
    return not plan.judgement.breaches
