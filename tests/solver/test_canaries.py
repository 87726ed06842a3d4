"""What the solver is known to get wrong, and that nothing of it reaches a plan: facts about the whole path."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import highspy
import numpy as np
import pyomo.environ as pe
import pytest

import orebook
from orebook.errors import SolveError
from orebook.formulation.build import Formulation
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.builders import make_document, make_problem
from tests.formulation.models import model
from tests.solver.matrices import INF, matrix, solved

PROBING = matrix(
    [(44, -731.47, 191, False), (1, 0, 1, True), (23, 0, 791, False), (-37, 0, 819, True), (0.15, 0, 669, False)],
    [
        (-INF, (59, -92, 3.71, 8.49, 0), -36876),
        (53541, (-52, 34, 0, 0, 27), INF),
        (-INF, (-33.63, 0, 0, -70, 0), -9608),
        (-66666, (78.84, -88, 91.58, -97.49, 12.54), INF),
    ],
)
"""The program whose optimum the presolve rule *probing* cuts off."""


def test_probing_is_off() -> None:
    """The canary's optimum is found, with presolve and without."""
    for presolve in (True, False):
        outcome = solved(PROBING, presolve=presolve)
        assert outcome.ending == "proven"
        assert PROBING.value("cost", outcome.x) == pytest.approx(-43536.64, abs=0.01)


def test_the_canary_still_sings() -> None:
    """With its defaults the solver calls another value optimal: the day it does not, the rule may be switched on."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    for k, cost in enumerate(PROBING.cost["cost"]):
        highs.addVariable(PROBING.lower[k], PROBING.upper[k], cost)
    for whole in np.flatnonzero(PROBING.integer):
        highs.changeColIntegrality(int(whole), highspy.HighsVarType.kInteger)
    for k in range(PROBING.A.shape[0]):
        row = PROBING.A[[k], :].tocoo()
        highs.addRow(PROBING.row_lower[k], PROBING.row_upper[k], row.nnz, row.col.astype(np.int32), row.data)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    assert highs.getObjectiveValue() == pytest.approx(-43524.12, abs=0.01)


def test_fractional_bounds_of_whole_columns_are_rounded_inwards() -> None:
    """200 random programs of three whole columns with fractional bounds: the optimum is that of trying every point."""
    rng = np.random.default_rng(7)
    for _ in range(200):
        m = pe.ConcreteModel()
        low = rng.uniform(-3, 1, 3)
        box = list(zip(low, low + rng.uniform(0.5, 4, 3), strict=True))
        a, cost, room = rng.integers(-9, 10, (2, 3)), rng.integers(-9, 10, 3), rng.integers(-5, 15, 2)
        m.x = pe.Var(range(3), domain=pe.Integers, bounds=lambda _m, k, box=box: box[k])
        m.row = pe.Constraint(
            range(2), rule=lambda m, r, a=a, b=room: sum(int(a[r, k]) * m.x[k] for k in range(3)) <= int(b[r])
        )
        m.measure_cost = pe.Objective(expr=sum(int(cost[k]) * m.x[k] for k in range(3)) + m.x[0] * 0)
        whole = matrix_of(Formulation(m, (), Counter(), {}, {}, {}, {}, {}, ("cost",)))
        points = itertools.product(*(range(int(np.ceil(l)), int(np.floor(u)) + 1) for l, u in box))
        best = min((int(cost @ p) for p in points if (a @ p <= room).all()), default=None)
        outcome = solved(whole)
        assert (round(whole.value("cost", outcome.x)) if outcome.has_plan else None) == best


def test_a_trickle_through_a_big_m_is_no_plan() -> None:
    """min q + 5e6 y + 1e6 s, q + s >= 8, q <= M y: at M = 1e7 the cheat of 12 is refused; at M = 8, as it is built
    here, the answer is 8 + 5e6."""
    columns = [(1.0, 0.0, INF, False), (5e6, 0.0, 1.0, True), (1e6, 0.0, INF, False)]
    loose = solved(matrix(columns, [(8, (1, 0, 1), INF), (-INF, (1, -1e7, 0), 0)]))
    assert loose.ending != "proven"
    assert not loose.has_plan or loose.x @ (1.0, 5e6, 1e6) >= 5_000_008 * (1 - 1e-6)
    tight = matrix(columns, [(8, (1, 0, 1), INF), (-INF, (1, -8, 0), 0)])
    assert tight.value("cost", solved(tight).x) == pytest.approx(5_000_008)


def test_an_order_fee_is_never_dodged() -> None:
    """8 t at 1 USD/t and a fee of 5e6 USD, an offer without a maximum: 5 000 008 USD where the tonnes must be there."""
    problem = make_problem(
        {"weeks": 1},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 1, "target_days": 8, "must_days": 8}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "order_fee_usd": 5e6}],
    )
    plan = orebook.solve(problem, model("offers", "must", stages=("cost",)), gap=0.0, audit=False)
    assert plan.document.costs.total_usd == pytest.approx(5_000_008)


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_no_number_is_refused(number: float) -> None:
    """A cost or a coefficient that is no number raises at once: the solver would spin, or call it infeasible."""
    good = matrix([(1, 0, 10, True), (2, 0, 10, False)], [(8, (1, 1), INF)])
    with pytest.raises(SolveError):
        Solver(good).solve(np.array([number, 1.0]), 0.0, Limits(0.0, 0.0, 5.0))
    with pytest.raises(SolveError), np.errstate(invalid="ignore"):
        solved(matrix([(1, 0, 10, True), (2, 0, 10, False)], [(8, (number, 1), INF)]), seconds=5.0)


def test_what_is_no_number_does_not_get_in() -> None:
    """A document with NaN or infinity is refused before there is a problem."""
    for number in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            make_document({"budget_usd": number})


def test_a_later_stage_called_infeasible_keeps_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that calls every stage but the first infeasible leaves the first's plan, and no proof of the others."""
    solve = Solver.solve

    def wrong(
        self: Solver, cost: Floats, offset: float, limits: Limits, start: Any = None, *rest: Any, **k: Any
    ) -> Outcome:
        if start is not None:
            return Outcome("infeasible", -np.inf, 0.0, detail="Infeasible")
        return solve(self, cost, offset, limits, None, *rest, **k)

    monkeypatch.setattr(Solver, "solve", wrong)
    plan = orebook.solve(make_problem(), model("offers", stages=("cover", "cost")), gap=0.0, audit=False)
    cover, cost = plan.document.stages
    assert (cover.value, cover.gap) == (0.0, 0.0)
    assert plan.document.status == "feasible"
    assert cost.bound == 0.0


def test_a_later_stage_that_presolve_calls_infeasible_is_solved_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A presolve that calls what has a plan infeasible costs no proof: the stage is solved again with it off."""
    solve = Solver._solved_once

    def wrong(
        self: Solver, cost: Floats, offset: float, limits: Limits, start: Any = None, *rest: Any, **k: Any
    ) -> Outcome:
        if start is not None and limits.presolve:
            return Outcome("infeasible", -np.inf, 0.0, detail="Infeasible")
        return solve(self, cost, offset, limits, start, *rest, **k)

    monkeypatch.setattr(Solver, "_solved_once", wrong)
    plan = orebook.solve(make_problem(), model("offers", stages=("cover", "cost")), gap=0.0, audit=False)
    assert plan.document.status == "optimal"


def test_fair_is_exact_to_a_lot_in_a_million() -> None:
    """Targets of 1e6 and 5e5 t and 1 000 001 t to buy in lots of 1 t: 499 999 t are missing. 333 333 of tin and 166 666
    of cobalt: max(0.333333, 0.333332); a tonne less of tin: 166 667 / 5e5 = 0.333334. The relaxation has 0.33333267."""
    problem = make_problem(
        {"weeks": 1},
        minerals=[
            {"mineral": "tin", "daily_use_t": 100_000, "price_usd_per_t": 100},
            {"mineral": "cobalt", "daily_use_t": 50_000, "price_usd_per_t": 100},
        ],
        houses=[{"house": "traxys", "weekly_capacity_t": 1_000_001}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1e6},
            {"offer": "b", "house": "traxys", "mineral": "cobalt", "lot_t": 1, "max_week_t": 1e6},
        ],
    )
    plan = orebook.solve(problem, model("offers", "houses", stages=("fair",)), gap=0.0, audit=False)
    assert plan.document.stages[0].value == pytest.approx(0.333333, abs=1e-9)


def test_154_usd_under_a_budget_of_12_billion() -> None:
    """One lot of 1 kg at 102 000 USD/t, 2 % of it commission, and 50 USD to engage: 102 * 1.02 + 50 - 0.04 = 154 USD."""
    problem = make_problem(
        {"weeks": 1, "budget_usd": 12e9},
        minerals=[{"mineral": "tin", "daily_use_t": 1e-4, "price_usd_per_t": 102_000}],
        houses=[{"house": "traxys", "commission_pct": 2, "engage_fee_usd": 49.96}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 0.001, "max_week_t": 20}],
    )
    plan = orebook.solve(problem, model("offers", "budget", stages=("cover", "cost")), gap=0.0, audit=False)
    assert plan.document.costs.total_usd == pytest.approx(154, abs=1e-9)
    assert plan.document.stages[1].bound == pytest.approx(154, abs=1e-4)


def test_a_loose_bound_does_not_make_a_feasible_program_infeasible() -> None:
    """Lots are bounded from the data, whatever the file says: an offer of 1e9 t is bounded by what could be wanted."""
    problem = make_problem(offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1e9}])
    run = Run(problem, model("offers", stages=("cover",)), Options.of(model("offers"), gap=0.0))
    built: list[Matrix] = []
    run.listener.on_built = lambda _f, m, _r: built.append(m)
    assert run.solve().plan.document.stages[0].value == 0
    assert built[0].upper[built[0].integer].max() <= 1e7


def test_no_time_is_no_proof() -> None:
    """A run without time for a first plan has one that needs no solver, says so, and calls nothing proven or infeasible."""
    plan = orebook.solve(make_problem(), "weekly", time_limit_s=1e-9, audit=False)
    assert (plan.status, plan.document.unaided, plan.document.repeatable) == ("feasible", "thumb", False)
