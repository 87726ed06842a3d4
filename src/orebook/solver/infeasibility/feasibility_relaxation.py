"""Policy gives way where no plan keeps it all: as few rows as can be, then as little as can be, the last priority first.

Priority by priority, those kept longest first, with the rows of later priorities left out:
    for each row r of the priority, where a.x <= b:
        a.x - excess[r] <= b,   excess[r] <= most[r] * gives[r],   gives[r] in {0,1}
    minimise  sum of gives,  then  sum of by (`policy_rows.py`)  over the sets of so few rows
Rows that gave are loosened by that, the others stay hard, and the next priority follows. `most[r]` is what the columns' bounds
allow the row to be exceeded by.

By how much a share is broken is a quotient: it is minimised by Dinkelbach's steps (Management Science 13 (1967) 492-498), each
a linear program in whole numbers; exact where one share gives way, and from the best plan found where several do at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.errors import StoppedError
from orebook.schema.model import Model
from orebook.solver.clock import Clock
from orebook.solver.infeasibility.policy_rows import PolicyRow, excused
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options

WHY = "no plan keeps every row of physics, contract and policy; this one gives way by its priority"

NOT_KNOWN_WHY = "the run was stopped before it was known whether a plan keeps this row"

SETS = 12
"""Sets of as few rows that are looked at for the one that gives way least, where a share is among them."""

MAX_DINKELBACH_STEPS = 12
"""Of Dinkelbach's; they converge faster than linearly, and most end after two."""

RATIO_TOLERANCE = 1e-9
"""Part of a limit that is no betterment."""

Rows = tuple[int, ...]
"""By their places in the matrix."""


@dataclass(frozen=True)
class RelaxedPolicies:
    """A matrix in which the rows that gave way are loosened; `start` is a plan of it, where one is known."""

    matrix: Matrix
    start: Floats | None = None
    excused: frozenset[tuple[str, str]] = frozenset()
    why: str = ""
    cut_short: bool = False
    """Whether clock or stop came before it was proven that fewer rows, or less, would not do."""
    rows: Rows = ()
    """Those that gave way, by their places in the matrix."""


@dataclass
class FeasibilityRelaxation:
    """A program whose rows cannot all hold. All of its solves end within the clock's time.

    `row_of(matrix, k)` is a policy row of the program in the units it is named in.
    """

    model: Model
    row_of: Callable[[Matrix, int], PolicyRow]
    options: Options
    clock: Clock
    stop: Stop
    cut_short: bool = field(default=False, init=False)

    def relax(self, matrix: Matrix) -> RelaxedPolicies | None:
        """The loosened matrix, or None where even without its policy rows the matrix has no plan.

        Raises StoppedError where the time ends before a first plan.
        """
        priority = {
            k: level.priority
            for k in range(len(matrix.rows))
            if (level := self.model.rules.get(matrix.row_rule(k))) and level.priority is not None
        }
        start, given, followers = None, dict[int, float](), matrix.followers
        for p in sorted(set(priority.values())) or [0]:
            rows = tuple(k for k, of_row in priority.items() if of_row == p)
            later = tuple(k for k, of_row in priority.items() if of_row > p)
            least = self._least(matrix.without(later), rows)
            if least is None:
                return None
            start, gives = least
            for k, by in gives.items():
                matrix, given[k] = self.row_of(matrix, k).loosened(matrix, start), by
                matrix = matrix.without(followers[k]) if k in followers else matrix
        gave = tuple(k for k, by in given.items() if by > 0)
        return RelaxedPolicies(matrix, start, excused(matrix, gave), WHY, self.cut_short, gave)

    def _least(self, matrix: Matrix, rows: Rows) -> tuple[Floats, dict[int, float]] | None:
        """A plan that breaks as few of these rows as can be, and those by as little; by how much each is loosened."""
        elastic = _Elastic.of(matrix, rows)
        fewest = self._solved(elastic.program, elastic.counting())
        if fewest is None:
            return None
        gives = elastic.gives(fewest.x)
        if not gives:
            return fewest.x[: elastic.columns], {}
        held = elastic.at_most(len(gives))
        measured = [self.row_of(matrix, k) for k in rows]
        best: tuple[float, Floats, Rows] | None = None
        for _ in range(SETS):
            found = self._solved(held.program, held.measuring(measured))
            if found is None:
                break
            gives = held.gives(found.x)
            x = self._little(held.only(gives), [m for m in measured if m.k in gives], found.x)
            amount = sum(m.by(x) for m in measured if m.k in gives)
            if best is None or amount < best[0] - RATIO_TOLERANCE:
                best = amount, x, gives
            if all(m.total is None for m in measured) or self.clock.left == 0:
                break  # of rows that are no shares the first set is the best: what is minimised is what counts
            held = held.without(gives)
        if best is None:  # a tolerance made up a set that is none
            raise StoppedError("stopped before it was known which policy rows give way")
        _, x, gives = best
        return x[: elastic.columns], {m.k: m.by(x) for m in measured if m.k in gives}

    def _little(self, elastic: _Elastic, rows: Sequence[PolicyRow], x: Floats) -> Floats:
        """The plan that breaks just these rows by as little as can be, added up in parts of their limits."""
        for _ in range(MAX_DINKELBACH_STEPS if any(row.total is not None for row in rows) else 0):
            found = self._solved(elastic.program, elastic.quotient(rows, x))
            if found is None or sum(r.by(found.x) for r in rows) > sum(r.by(x) for r in rows) - RATIO_TOLERANCE:
                break
            x = found.x
        return x

    def _solved(self, program: Matrix, cost: Floats) -> Outcome | None:
        """The best plan found; None where there is none."""
        limits = Limits(0.0, 1e-9, self.clock.left, seed=self.options.seed, sure=True)
        solver = Solver(tightened(replace(program, cost={"by": cost}, offset={"by": 0.0})), self.stop)
        outcome = solver.solve(cost, 0.0, limits, quiet=True)
        self.cut_short = self.cut_short or outcome.cut_short
        if outcome.ending == "infeasible":
            return None
        _ = outcome.x  # raises where there is no plan
        return outcome


@dataclass(frozen=True)
class _Elastic:
    """A program with two columns more for each of some rows: its excess, and whether it gives."""

    program: Matrix
    rows: Rows
    columns: int

    @classmethod
    def of(cls, matrix: Matrix, rows: Rows) -> _Elastic:
        return cls(_elastic(matrix, np.array(rows, np.int64)), rows, len(matrix.columns))

    def counting(self) -> Floats:
        """The objective that counts the rows that give."""
        cost = np.zeros(len(self.program.lower))
        cost[self.columns + len(self.rows) :] = 1.0
        return cost

    def measuring(self, measured: Sequence[PolicyRow]) -> Floats:
        """The objective that adds up excesses as parts of limits; of shares as if all that could be bought were."""
        cost = np.zeros(len(self.program.lower))
        reach = np.where(np.isfinite(self.program.upper), self.program.upper, 0.0)[: self.columns]
        for k, row in enumerate(measured):
            whole = 1.0 if row.total is None else max(1.0, float(np.maximum(row.total, 0) @ reach))
            cost[self.columns + k] = 1.0 / (row.limit * whole)
        return cost

    def quotient(self, rows: Sequence[PolicyRow], x: Floats) -> Floats:
        """The objective of Dinkelbach's step from a point: excess - by * total of each share, and the excess of others."""
        cost = np.zeros(len(self.program.lower))
        point = x[: self.columns]
        for row in rows:
            at, over = self.columns + self.rows.index(row.k), row.by(point) * row.limit
            worth = 1.0 / (row.limit * max(row.bought(point), 1e-9))
            cost[at] += worth
            if row.total is not None:
                cost[: self.columns] -= worth * over * row.total
        return cost

    def gives(self, x: Floats) -> Rows:
        """The rows that give at a point."""
        return tuple(k for k, on in zip(self.rows, x[self.columns + len(self.rows) :], strict=True) if on > 0.5)

    def at_most(self, count: int) -> _Elastic:
        """The same with no more rows that give."""
        return replace(self, program=_row(self.program, self.counting(), count))

    def without(self, rows: Rows) -> _Elastic:
        """The same without this set of rows."""
        one = np.zeros(len(self.program.lower))
        for k in rows:
            one[self.columns + len(self.rows) + self.rows.index(k)] = 1.0
        return replace(self, program=_row(self.program, one, len(rows) - 1))

    def only(self, rows: Rows) -> _Elastic:
        """The same with no other row that gives."""
        upper = self.program.upper.copy()
        for place, k in enumerate(self.rows):
            if k not in rows:
                upper[self.columns + len(self.rows) + place] = 0.0
        return replace(self, program=replace(self.program, upper=upper))


def _row(matrix: Matrix, weights: Floats, most: float) -> Matrix:
    return matrix.with_rows(sp.csr_array(weights.reshape(1, -1)), np.array([-np.inf]), np.array([float(most)]))


def _elastic(matrix: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """The matrix with two columns more a row: its excess and whether it gives; one row more: excess <= most * gives.

    What follows a row on tickets asks nothing where the row gives.
    """
    r, n = len(rows), len(matrix.columns)
    upper_side = np.isfinite(matrix.row_upper[rows])
    lows = np.where(np.isfinite(matrix.lower), matrix.lower, -1e9)
    highs = np.where(np.isfinite(matrix.upper), matrix.upper, 1e9)
    a = matrix.A[rows]
    positive, negative = a.maximum(0), a.minimum(0)
    largest = positive @ highs + negative @ lows
    smallest = positive @ lows + negative @ highs
    most = np.where(upper_side, largest - matrix.row_upper[rows], matrix.row_lower[rows] - smallest)
    most = np.maximum(np.where(np.isfinite(most), most, 0.0), 0.0)
    sign = np.where(upper_side, -1.0, 1.0)
    in_rows = sp.csr_array((sign, (rows, np.arange(r))), shape=(matrix.A.shape[0], r))
    following = [(j, place) for place, k in enumerate(rows) for j in matrix.followers.get(int(k), ())]
    let_go = np.array(following, np.int64).reshape(-1, 2).T
    gives = sp.csr_array((np.full(len(following), -1.0), tuple(let_go)), shape=(matrix.A.shape[0], r))
    link = sp.hstack([sp.csr_array((r, n)), sp.eye_array(r), -sp.diags_array(most)])
    return replace(
        matrix,
        A=sp.csr_array(sp.vstack([sp.hstack([matrix.A, in_rows, gives]), link])),
        row_lower=np.append(matrix.row_lower, np.full(r, -np.inf)),
        row_upper=np.append(matrix.row_upper, np.zeros(r)),
        lower=np.append(matrix.lower, np.zeros(2 * r)),
        upper=np.concatenate([matrix.upper, most, np.ones(r)]),
        integer=np.concatenate([matrix.integer, np.zeros(r, bool), np.ones(r, bool)]),
        rows=(*matrix.rows, *([None] * r)),
        columns=(*matrix.columns, *([None] * (2 * r))),
        block=np.append(matrix.block, np.full(2 * r, -1, np.int32)),
        cost={},
        offset={},
    )
