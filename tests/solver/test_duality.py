"""A bound from multipliers holds whatever they are, and is the relaxation's own where they are its duals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.exact import Fraction
from orebook.solver.lp import child_process
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_bound, dual_value
from orebook.solver.lp.farkas import proves_empty
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.messages import Answer
from orebook.solver.lp.solver import Solver
from tests.solver.matrices import INF, knapsack, matrix


def test_by_hand() -> None:
    """min x + y, x + 2 y >= 3 within 0..5: y = 1/2 gives 3/2 + 1/2 x, so 3/2; no multiplier gives 0."""
    program = matrix([(1.0, 0.0, 5.0, False), (1.0, 0.0, 5.0, False)], [(3, [1, 2], INF)])
    cost = program.cost["cost"]
    assert dual_bound(program, cost, np.array([0.5])) == Fraction(3, 2)
    assert dual_bound(program, cost, np.array([0.0])) == 0
    assert dual_bound(program, cost, np.array([-1.0])) == 0  # no upper side: left out


@given(y=st.lists(st.floats(-50, 50), min_size=10, max_size=10))
def test_no_multipliers_bound_too_much(y: list[float]) -> None:
    """Whatever the multipliers, the bound is under the value of a plan: here all items left out, worth 0."""
    knap = knapsack(items=20)
    bound = dual_bound(knap, knap.cost["cost"], np.array(y))
    assert bound is not None
    assert bound <= 0
    value = dual_value(knap, (knap.lower, knap.upper), knap.cost["cost"], np.array(y))
    assert value == pytest.approx(float(bound), rel=1e-12, abs=1e-9)


def test_a_relaxation_that_is_called_better_than_it_is_bounds_no_more_than_its_duals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The solver says a value that is too high: the bound is that of the duals, whoever set the bounds."""
    knap, told = knapsack(), child_process.answered
    half = Domain(knap.lower, knap.upper / 2, np.zeros(60, bool))
    limits = Limits(0.0, 0.0, 20.0)

    def lying(*asked: Any, **more: Any) -> Answer:
        answer = told(*asked, **more)
        return replace(answer, bound=answer.bound * 0.99)  # of a value below zero

    for part in (Domain.relaxed(knap), half):
        honest = Solver(knap).solve(knap.cost["cost"], 7.0, limits, None, part)
        with monkeypatch.context() as patch:
            patch.setattr("orebook.solver.lp.solver.answered", lying)
            lied = Solver(knap).solve(knap.cost["cost"], 7.0, limits, None, part)
        assert honest.bound == pytest.approx(knap.cost["cost"] @ honest.x + 7.0, rel=1e-9)
        assert lied.bound == pytest.approx(honest.bound, rel=1e-9)


def test_duals_give_the_relaxation() -> None:
    """The solver's duals of a relaxation come to its value, to the solver's tolerance."""
    knap = knapsack()
    relaxed = Solver(knap).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 20.0), None, Domain.relaxed(knap))
    bound = dual_bound(knap, knap.cost["cost"], relaxed.row_dual)
    assert bound is not None
    assert float(bound) == pytest.approx(relaxed.bound, rel=1e-9)


def test_a_small_multiplier_may_be_of_a_small_unit() -> None:
    """Days and dollars in one program: the dollar's multiplier of 1e-9 counts beside another's of 1e4."""
    # min s + 1e4 t with s + 1e-9 x >= 10, x <= 4e9, t >= 1: x = 4e9 leaves s = 6, so 10 006.
    columns = [(1.0, 0.0, 100.0, False), (0.0, 0.0, 5e10, False), (1e4, 0.0, 5.0, False)]
    program = matrix(columns, [(10, [1, 1e-9, 0], INF), (-INF, [0, 1, 0], 4e9), (1, [0, 0, 1], INF)])
    bound = dual_bound(program, program.cost["cost"], np.array([1.0, -1e-9, 1e4]))
    assert bound is not None
    assert float(bound) == pytest.approx(10_006)


def test_an_endless_column_leaves_no_bound() -> None:
    """A column without an upper bound whose weight is negative has no least."""
    program = matrix([(-1.0, 0.0, INF, False)], [(-INF, [1], 3)])
    assert dual_bound(program, program.cost["cost"], np.array([0.0])) is None
    assert dual_bound(program, program.cost["cost"], np.array([-1.0])) == -3
    ends = program.lower, program.upper
    assert dual_value(program, ends, program.cost["cost"], np.array([0.0])) == -INF
    assert dual_value(program, ends, program.cost["cost"], np.array([-1.0 + 1e-9])) == pytest.approx(-3)


def test_empty_is_proven_and_full_is_not() -> None:
    """x + y >= 3 within 0..1 has no point, and the row itself shows it; x + y >= 2 has one."""
    box = [(0.0, 0.0, 1.0, False), (0.0, 0.0, 1.0, False)]
    assert proves_empty(matrix(box, [(3, [1, 1], INF)]), np.array([1.0]))
    assert not proves_empty(matrix(box, [(2, [1, 1], INF)]), np.array([1.0]))
