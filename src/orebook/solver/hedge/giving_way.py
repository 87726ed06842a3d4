"""Policy gives way where no plan keeps it all in every future: as few rows over all futures as can be, then as little.

A row of weeks that futures share is one row of the joint program, so it is counted once and loosened alike in each. Where
physics and contract alone leave futures no plan together, the smallest set of them that clash is named (QuickXplain).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orebook.errors import InfeasibleError, NoPlanError, SolveError, StoppedError
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.plan import Clash
from orebook.solver.clock import Clock
from orebook.solver.hedge.futures import KnownFuture
from orebook.solver.hedge.joint_program import JointProgram, joint_program
from orebook.solver.infeasibility.conflict import TWO_WAYS, quick_xplain
from orebook.solver.infeasibility.feasibility_relaxation import WHY, FeasibilityRelaxation
from orebook.solver.infeasibility.policy_rows import PolicyRow, excused
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options


@dataclass(frozen=True)
class RelaxedFutures:
    """A joint program with the rows that gave way loosened, a plan of it where one is known, and of each future those rows."""

    matrix: Matrix
    start: Floats | None
    excused: tuple[frozenset[tuple[str, str]], ...]
    """(rule, row) by future."""
    why: str = WHY
    cut_short: bool = False
    """Whether a limit came before it was proven that fewer rows, or less, would not do."""

    @classmethod
    def none(cls, joint: JointProgram, matrix: Matrix) -> RelaxedFutures:
        """No row gave way."""
        return cls(matrix, None, tuple(frozenset() for _ in joint.futures))

    @property
    def any(self) -> bool:
        """Whether a row gave way in some future."""
        return any(self.excused)


def relaxed_futures(
    joint: JointProgram, model: Model, matrix: Matrix, options: Options, clock: Clock, stop: Stop
) -> RelaxedFutures:
    """The loosened program. Raises NoPlanError where physics and contract alone leave the futures no plan together."""
    columns = [dict(joint.columns(k)) for k in range(len(joint.futures))]

    def row_of(program: Matrix, k: int) -> PolicyRow:
        future = joint.futures_of_row[k][0]
        world, formulation = joint.futures[future].world, joint.formulations[future]
        return PolicyRow.of(world, formulation, program, k, columns[future])

    part = clock.part(options.shares.feasibility_relaxation)
    relaxed = FeasibilityRelaxation(model, row_of, options, part, stop).relax(matrix)
    if relaxed is None:
        raise NoPlanError("no plan keeps every rule in all futures together")
    gave = [
        excused(matrix, (k for k in relaxed.rows if future in joint.futures_of_row[k]))
        for future in range(len(joint.futures))
    ]
    return RelaxedFutures(relaxed.matrix, relaxed.start, tuple(gave), relaxed.why, relaxed.cut_short)


def clash_of_futures(
    futures: Sequence[KnownFuture], model: Model, options: Options, clock: Clock, stop: Stop
) -> InfeasibleError:
    """The smallest set of futures, each of which has a plan alone, that have none together; policy is left out.

    Raises StoppedError where the clock comes first.
    """
    policy = [rule for rule, level in model.rules.items() if level.level == "policy"]
    hard = model.without(*policy)

    def together(some: Sequence[int], *, presolve: bool = True) -> bool:
        if len(some) < 2:  # each has a plan alone
            return True
        matrix = joint_program(tuple(futures[k] for k in sorted(some)), hard, RiskMeasure()).matrix
        limits = Limits(0.0, 0.0, clock.left, seed=options.seed, presolve=presolve, sure=True)
        outcome = Solver(tightened(matrix), stop).solve(np.zeros(len(matrix.lower)), 0.0, limits)
        if outcome.has_plan:
            return True
        if outcome.ending == "infeasible":
            return False
        if outcome.ending == "failed":
            raise SolveError(outcome.detail)
        raise StoppedError("stopped before it was found which futures clash")

    if together(range(len(futures))):
        raise SolveError("the solver called futures infeasible that have a plan together")
    clashing = quick_xplain(together, list(range(len(futures))))
    if together(clashing, presolve=False):
        raise SolveError("two ways of solving disagree on whether futures have a plan together")
    names = " and ".join(futures[k].future.name for k in clashing)
    says = f"{names}: each has a plan alone, but no orders of the weeks that they share leave all of them one"
    return InfeasibleError(Clash(rows=(), proof=TWO_WAYS, says=says))
