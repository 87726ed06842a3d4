"""Bounds worked out for a proof: what the rows imply, no plan lost to rounding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import orebook
from orebook.errors import NoPlanError, StoppedError
from orebook.exact import Fraction
from orebook.problem import Problem
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.safe_tightening import implied, strengthened
from orebook.solver.lp.solver import Solver
from orebook.solver.run.built_model import BuiltModel
from tests.drawn import problems
from tests.properties.edits import DRAWS
from tests.solver.matrices import INF, matrix


def test_by_hand() -> None:
    """x + y <= 4, x >= 1, y - 10 s <= 0, s whole: y <= 3, so y - 3 s <= 0."""
    program = matrix(
        [(0, 1, 9, False), (0, 0, 9, False), (0, 0, 1, True)], [(-INF, [1, 1, 0], 4), (-INF, [0, 1, -10], 0)]
    )
    tight = strengthened(program)
    assert tight.upper == pytest.approx([4, 3, 1], rel=1e-12)
    assert tight.A.toarray()[1] == pytest.approx([0, 1, -3], rel=1e-12)
    assert tight.upper[1] >= 3
    assert -tight.A.toarray()[1, 2] >= tight.upper[1]


def test_whole_numbers_as_they_are_meant() -> None:
    """0.1 x <= 0.3 leaves 3 lots, though 0.3 / 0.1 is under 3 in floats; 0.1 x <= 0.29 leaves 2."""
    for most, lots in ((0.3, 3), (0.29, 2)):
        assert implied(matrix([(0, 0, 9, True)], [(-INF, [0.1], most)]))[1] == [lots]


def test_a_program_without_a_plan_is_left_alone() -> None:
    """x >= 2 within 0..1: nothing is worked out of it."""
    program = matrix([(0, 0, 1, False)], [(2, [1], INF)])
    assert strengthened(program) is program


def floats(least: float, most: float) -> st.SearchStrategy[float]:
    """Floats whose products stay normal: what is smaller never leaves the conditioning."""
    return st.floats(least, most).filter(lambda x: x == 0 or abs(x) > 1e-100)


@given(
    a=st.lists(floats(-1e6, 1e6), min_size=4, max_size=4),
    ends=st.lists(floats(0, 1e9), min_size=4, max_size=4),
    side=floats(-1e12, 1e12),
)
def test_no_rounding_takes_anything_off(a: list[float], ends: list[float], side: float) -> None:
    """A row of any four terms: the bounds are no closer than those in fractions."""
    program = matrix([(0.0, 0.0, end, False) for end in ends], [(-INF, a, side)])
    lower, upper = implied(replace(program))
    least = [min(Fraction(x) * Fraction(end), Fraction(0)) for x, end in zip(a, ends, strict=True)]
    for k, x in enumerate(a):
        if x == 0:
            continue
        exact = (Fraction(side) - sum(least[:k] + least[k + 1 :], Fraction(0))) / Fraction(x)
        if x > 0:
            assert Fraction(float(upper[k])) >= min(exact, Fraction(ends[k]))
        else:
            assert Fraction(float(lower[k])) <= max(exact, Fraction(0))


@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_no_plan_is_lost(problem: Problem) -> None:
    """The best plan of a drawn problem is one of the tighter program, and its relaxation is no lower than the search's."""
    program = BuiltModel.of(problem, orebook.read_model("weekly")).matrix
    limits, cost = Limits(0.0, 0.0, 600.0), program.cost["cover"]
    try:
        x = Solver(program).solve(cost, 0.0, limits).x
    except (NoPlanError, StoppedError):
        return
    tight = strengthened(program)
    slack = 1e-6 * np.maximum(1.0, np.abs(x))
    assert (x >= tight.lower - slack).all()
    assert (x <= tight.upper + slack).all()
    assert Solver(tight).keeps_rows(np.clip(x, tight.lower, tight.upper))
    relaxed = [Solver(p).solve(cost, 0.0, limits, None, Domain.relaxed(p)).bound for p in (tight, tightened(program))]
    assert relaxed[0] >= relaxed[1] - 1e-6 * max(1.0, abs(relaxed[1]))
