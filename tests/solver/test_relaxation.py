"""Where a relaxation begins changes nothing but the time it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from orebook.solver.lp import relaxation as relaxing
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.relaxation import relaxation
from orebook.solver.lp.solver import Solver
from tests.solver.matrices import knapsack

LIMITS = Limits(0.0, 0.0, 60.0)
RNG = np.random.default_rng(7)


def near_and_far(matrix: Matrix, cost: Floats, part: Domain, basis_from: Outcome) -> tuple[Outcome, Outcome]:
    """A relaxation begun where a near one ended, and one begun from nothing."""
    return relaxation(Solver(matrix), cost, 0.0, LIMITS, part, basis_from), relaxation(
        Solver(matrix), cost, 0.0, LIMITS, part
    )


def ended(matrix: Matrix) -> Outcome:
    """The relaxation of the program's own objective."""
    return relaxation(Solver(matrix), matrix.cost["cost"], 0.0, LIMITS, Domain.relaxed(matrix))


def test_another_objective_other_bounds_and_more_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five draws of each: the value is that of a relaxation from nothing, and the near one is left as it was."""
    monkeypatch.setattr(relaxing, "BASIS_TIME_SHARE", 10.0)
    knap = knapsack()
    near, part = ended(knap), Domain.relaxed(knap)
    statuses = list(near.basis.statuses[1])
    for _ in range(5):
        cost = knap.cost["cost"] * RNG.uniform(0.9, 1.1, 60)
        fixed = RNG.random(60) < 0.2
        half = Domain(part.lower, np.where(fixed, 0.0, part.upper), part.integer)
        row = sp.csr_array(RNG.integers(0, 5, (1, 60)).astype(float))
        more = knap.with_rows(row, np.array([-np.inf]), np.array([40.0]))
        for matrix, open_part in ((knap, part), (knap, half), (more, Domain.relaxed(more))):
            soon, late = near_and_far(matrix, cost, open_part, near)
            assert (soon.ending, late.ending) == ("proven", "proven")
            assert soon.bound == pytest.approx(late.bound, rel=1e-9)
            assert len(soon.row_dual) == matrix.A.shape[0]
            assert soon.bound != pytest.approx(near.bound, rel=1e-6)
    assert list(near.basis.statuses[1]) == statuses


def test_from_nothing_where_the_near_one_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without iterations for it, without a basis, or with one of a larger program."""
    knap, cost = knapsack(), -np.ones(60)
    larger = ended(knap.with_rows(sp.csr_array(np.ones((1, 60))), np.array([-np.inf]), np.array([20.0])))
    monkeypatch.setattr(relaxing, "BASIS_TIME_SHARE", 0.0)
    for begun in (ended(knap), larger, Outcome("failed", -np.inf, 0.0)):
        soon, late = near_and_far(knap, cost, Domain.relaxed(knap), begun)
        assert soon.bound == pytest.approx(late.bound, rel=1e-9)


def test_a_near_start_that_stands_still_is_ended_by_the_clock_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a second, or what the last one from nothing took; then another begins from nothing, and says that it was late."""
    knap, solve, given_s = knapsack(), Solver.solve, list[float]()

    def standing(solver: Solver, cost: Floats, offset: float, limits: Limits, *rest: Any, **near: Any) -> Outcome:
        if near.get("basis_from") is None:
            return solve(solver, cost, offset, limits, *rest, **near)
        given_s.append(limits.seconds)
        return Outcome("empty-handed", -np.inf, limits.seconds, "time")

    begun = ended(knap)
    monkeypatch.setattr(Solver, "solve", standing)
    for took_s in (0.1, 20.0, 200.0):
        soon, late = near_and_far(knap, -np.ones(60), Domain.relaxed(knap), replace(begun, from_nothing_s=took_s))
        assert (soon.ending, soon.stopped_by, late.stopped_by) == ("proven", "time", None)
        assert soon.bound == late.bound
        assert soon.from_nothing_s == soon.seconds
    assert given_s == [relaxing.SOON_S, 20.0, LIMITS.seconds]


def test_bounds_that_leave_nothing_are_seen_from_either_side() -> None:
    """A part without a point has no plan, wherever its relaxation begins."""
    knap = knapsack()
    full = Domain(np.ones(60), np.ones(60), np.zeros(60, bool))
    soon, late = near_and_far(knap, knap.cost["cost"], full, ended(knap))
    assert (soon.ending, late.ending) == ("infeasible", "infeasible")
