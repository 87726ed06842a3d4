"""What reaches the solver: rows without coefficients far smaller than their largest, and the same plans as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

import orebook
from orebook.files.models import read_model
from orebook.schema.model import Model
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.conditioning import MIN_COEFFICIENT_REL, Conditioned, conditioned
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.solver import Solver
from orebook.solver.run.built_model import BuiltModel
from tests.solver.matrices import INF, matrix, solved

CANARY = Path(__file__).parent / "wrong-optimum"


def _smallest(program: Conditioned) -> float:
    """The smallest ratio of an entry to the largest of its row."""
    sizes = np.abs(program.A.toarray())
    largest = sizes.max(axis=1, keepdims=True)
    return float(np.where(sizes > 0, sizes / largest, 1.0).min())


def _drawn(seed: int) -> tuple[sp.csr_array, Floats, Floats, Floats, Floats]:
    """Rows of six columns with entries from 1e-14 to 1e3, upper, lower and two-sided."""
    rng = np.random.default_rng(seed)
    a = 10 ** rng.uniform(-14, 3, (8, 6)) * rng.choice([-1, 1], (8, 6)) * (rng.random((8, 6)) < 0.7)
    limit = rng.uniform(-50, 50, 8) * (rng.random(8) < 0.8)
    row_lower = np.where(rng.random(8) < 0.4, limit - rng.uniform(0, 5, 8), -INF)
    row_upper = np.where(np.isinf(row_lower) | (rng.random(8) < 0.5), limit, INF)
    return sp.csr_array(a), row_lower, row_upper, np.zeros(6), 10 ** rng.uniform(0, 8, 6)


@pytest.mark.parametrize("seed", range(100))
def test_no_entry_is_far_smaller_than_its_row(seed: int) -> None:
    """However wide the rows are, none that is handed over has an entry under 1e-6 of its largest."""
    assert _smallest(conditioned(*_drawn(seed))) >= MIN_COEFFICIENT_REL


@pytest.mark.parametrize("seed", range(100))
def test_no_plan_is_lost_and_hardly_any_won(seed: int) -> None:
    """A point that keeps the rows keeps those handed over; one that keeps those is over a row by 1e-7 of its limit at most."""
    a, row_lower, row_upper, lower, upper = _drawn(seed)
    program, rng = conditioned(a, row_lower, row_upper, lower, upper), np.random.default_rng(seed)
    for _ in range(50):
        x = rng.uniform(lower, upper) * (rng.random(6) < 0.7)
        before, after = a @ x, program.A @ program.point(x)
        noise = 1e-12 * (abs(a) @ np.abs(x))
        assert np.abs(after[: program.added]).max(initial=0.0) <= 1e-12 * np.abs(program.point(x)).max()
        own = after[program.added :]
        for new, old, sign in ((program.row_upper, row_upper, 1.0), (program.row_lower, row_lower, -1.0)):
            over_before, over_after = sign * (before - old), sign * (own - new[program.added :])
            there = np.isfinite(old)
            assert (over_after <= np.maximum(over_before, 0) + noise)[there].all()
            spare = np.where(old == 0, 2e-9, 2e-7 * np.abs(np.where(there, old, 0)))
            assert (over_before <= np.maximum(over_after, 0) + spare + noise)[there].all()


def test_an_order_in_very_many_lots() -> None:
    """lots <= 6e7 * placed, at least 3e7 + 1 of them: min lots + 5e7 * placed is 8e7 + 1.

    Its relaxation places half an order and a hair: 3e7 + 1 + 5e7 * (3e7 + 1) / 6e7.
    """
    program = matrix([(1.0, 0.0, 6e7, True), (5e7, 0.0, 1.0, True)], [(-INF, (1, -6e7), 0), (3e7 + 1, (1, 0), INF)])
    solver = Solver(program)
    assert solver._program.added == 1
    found = solved(program)
    assert program.value("cost", found.x) == pytest.approx(8e7 + 1, rel=1e-9)
    relaxed = solver.solve(program.cost["cost"], 0.0, Limits(0.0, 0.0, 10.0), None, Domain.relaxed(program))
    assert relaxed.bound == pytest.approx(3e7 + 1 + 5e7 * (3e7 + 1) / 6e7, rel=1e-9)
    assert len(relaxed.row_dual) == 2
    assert len(relaxed.reduced_cost) == 2


def test_relaxations_of_programs_that_are_cut_begin_at_one_another() -> None:
    """A second objective from the first one's end: as from nothing, and the rows cut in two are no hindrance."""
    program = matrix([(1.0, 0.0, 6e7, False), (5e7, 0.0, 1.0, False)], [(-INF, (1, -6e7), 0), (3e7 + 1, (1, 0), INF)])
    solver, limits = Solver(program), Limits(0.0, 0.0, 10.0)
    first = solver.solve(program.cost["cost"], 0.0, limits, None, Domain.relaxed(program))
    assert solver.can_begin_at(first)
    other = np.array([3.0, 1e7])
    near = solver.solve(other, 0.0, limits, None, Domain.relaxed(program), basis_from=first)
    again = solver.solve(other, 0.0, limits, None, Domain.relaxed(program))
    assert near.bound == pytest.approx(again.bound)
    wider = program.with_rows(sp.csr_array(np.array([[1.0, -1e-12 * 6e7]])), np.array([-INF]), np.array([5e7]))
    assert not Solver(wider).can_begin_at(first) or Solver(wider)._program.added == first.basis.added


def _canary() -> tuple[BuiltModel, Model]:
    """A drawn reserve and its model, in which 12 orders can never be placed."""
    problem, model = orebook.read(CANARY), read_model(CANARY / "model.toml")
    return BuiltModel.of(problem, model), model


DEAR_FEES = 14_131_656_847.60
"""USD: 13,350 t of hartree-m002-1 in week 2; SCIP agrees, and so does HiGHS with presolve off."""


def test_an_offer_that_cannot_be_used_is_closed() -> None:
    """No hair is left of the order of a tier that no order reaches: its column and its row's coefficient are exactly 0."""
    built, _ = _canary()
    tight = tightened(built.matrix)
    assert np.abs(tight.A.data).min() > 1e-6
    assert not ((tight.upper > 0) & (tight.upper < 1e-6)).any()


@pytest.mark.parametrize("gap", [0.005, 1e-6])
def test_the_optimum_that_presolve_cut_off(gap: float) -> None:
    """Dear fees, a small market, one house: presolve lost a plan worth 3.9 m USD to coefficients of 1e-9."""
    built, model = _canary()
    plan = orebook.solve(built.problem, model, gap=gap, audit=False)
    (stage,) = plan.document.stages
    assert stage.bound <= DEAR_FEES * (1 + 1e-9)
    assert stage.value <= DEAR_FEES * (1 + gap + 1e-9)
