"""A tightened program has the same plans, and less room around them."""

from __future__ import annotations

import pytest
from hypothesis import given

import orebook
from orebook.errors import NoPlanError, StoppedError
from orebook.problem import Problem
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.run.built_model import BuiltModel
from tests.drawn import problems
from tests.properties.edits import DRAWS
from tests.solver.matrices import INF, matrix, solved


@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_the_best_plan_stays(problem: Problem) -> None:
    """A drawn problem's best cover is the same on both programs, and its point keeps the tighter one's bounds and rows."""
    plain = BuiltModel.of(problem, orebook.read_model("weekly")).matrix
    tight = tightened(plain)
    outcome = _best(plain)
    try:
        x, value = outcome.x, plain.value("cover", outcome.x)
    except (NoPlanError, StoppedError):
        assert not _best(tight).has_plan
        return
    hair = 1e-6 * max(1.0, abs(value))
    assert abs(tight.value("cover", _best(tight).x) - value) <= hair
    assert (x >= tight.lower - 1e-6).all()
    assert (x <= tight.upper + 1e-6).all()
    assert Solver(tight).worst_violation(x) <= 1e-5


def test_what_cannot_be_is_closed() -> None:
    """A lot that the money cannot buy is closed, and an on-off row has no more room than what its amount can be."""
    # Column 0: lots of 8 each, 10 to spend: one at most, and with 5 spent elsewhere none. Column 1: at most 6 of an
    # amount (12 of money at 2 each, less 0) behind a switch whose row says 100.
    lots, amount, switch = (0.0, 0.0, 9.0, True), (1.0, 0.0, INF, False), (1.0, 0.0, 1.0, True)
    plain = matrix(
        [lots, (0.0, 5.0, 5.0, False), amount, switch],
        [(-INF, [8, 1, 0, 0], 10), (-INF, [0, 0, 2, 0], 12), (-INF, [0, 0, 1, -100], 0)],
    )
    tight = tightened(plain)
    assert tight.upper[0] == 0
    assert tight.upper[2] == pytest.approx(6, abs=1e-6)
    assert tight.A.toarray()[2, 3] == pytest.approx(-6, abs=1e-6)
    assert plain.upper[0] == 9  # untouched


def test_what_has_no_plan_is_left_to_the_solver() -> None:
    """Rows that contradict each other do not cross the bounds; the solver still says that there is no plan."""
    clash = matrix([(1.0, 0.0, 5.0, True)], [(4, [1], INF), (-INF, [1], 2)])
    tight = tightened(clash)
    assert (tight.lower <= tight.upper).all()
    assert solved(tight).ending == "infeasible"


def test_it_lifts_the_relaxation() -> None:
    """vault-small: the relaxation's bound is no lower than before, and fewer whole columns are open."""
    plain = BuiltModel.of(orebook.read("instances/vault-small"), orebook.read_model("weekly")).matrix
    tight = tightened(plain)
    assert _relaxed(tight) >= _relaxed(plain) - 1e-9
    assert (tight.integer & (tight.lower < tight.upper)).sum() < (plain.integer & (plain.lower < plain.upper)).sum()


def _best(of: Matrix):  # type: ignore[no-untyped-def]
    return Solver(of).solve(of.cost["cover"], of.offset["cover"], Limits(0.0, 0.0, 600.0))


def _relaxed(of: Matrix) -> float:
    whole = Domain.relaxed(of)
    return Solver(of).solve(of.cost["cover"], of.offset["cover"], Limits(0.0, 0.0, 600.0), None, whole).bound
