"""A limit leaves a plan that needs no solver, called what it is, and a bound that holds; nothing passes for proven."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import orebook
from orebook.errors import NumericsError, StoppedError
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.rule_of_thumb.without_solver import unsolved
from orebook.schema.plan import PlanDocument
from orebook.solver.clock import Clock
from orebook.solver.infeasibility.conflict import explain_clash
from orebook.solver.infeasibility.feasibility_relaxation import FeasibilityRelaxation, RelaxedPolicies
from orebook.solver.lp import solver as lp_solver
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.messages import Answer
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run import run
from orebook.solver.run.built_model import BuiltModel
from orebook.verdict import verify
from tests.builders import make_problem
from tests.solver.test_child_process import deaf

WEEKLY = orebook.read_model("weekly")
OFFER = {"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20}


def limited(problem: Problem) -> Plan:
    """Solved by a process that does nothing, with a moment's time."""
    deaf()
    return orebook.solve(problem, time_limit_s=0.1)


def test_the_rule_of_thumb_is_what_is_left() -> None:
    """Money for 4 of 10 days: the rule of thumb buys them. All that is known is that nothing is short of less than no days."""
    plan = limited(make_problem({"budget_usd": 400}))
    assert (plan.document.unaided, plan.status, plan.document.repeatable, plan.audit) == (
        "thumb",
        "feasible",
        False,
        False,
    )
    assert "this is the rule of thumb's plan" in plan.unaided
    assert sum(t.tonnes for t in plan.document.tickets) == 4
    # 6 days are short, all critical: 1 + 4 each; 4 t cost 400 USD; two orders of a day or two, or one
    cover, cost, _tickets = plan.document.stages
    assert (cover.value, cover.bound, cover.gap) == (30, 0, 1)
    assert (cost.value, cost.bound) == (400, 0)
    assert PlanDocument.model_validate_json(plan.to_json()).unaided == "thumb"
    assert not verify(plan.problem, plan.document, plan.model).breaches


def test_a_solver_that_fails_on_the_figures_leaves_a_plan_that_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the solver's own, in both tries: the rule of thumb's plan, called what it is; who insists gets the error."""
    failed = Answer("other", "Solve error")
    monkeypatch.setattr(lp_solver, "answered", lambda *_a, **_k: failed)
    problem = make_problem({"budget_usd": 400})
    plan = orebook.solve(problem)
    assert (plan.document.unaided, plan.status, plan.audit) == ("thumb", "feasible", False)
    assert plan.unaided == "the solver found no better plan: this is the rule of thumb's plan"
    assert [stage.bound for stage in plan.document.stages[:2]] == [0, 0]
    with pytest.raises(NumericsError, match="Solve error"):
        run.Run(problem, WEEKLY, Options.of(WEEKLY), insist=True).solve()


def test_the_prior_plan_where_it_is_better() -> None:
    """The rule of thumb takes a cheap lot of 5 t, after which 350 USD buy nothing; the prior plan has 8 t for all 800."""
    cheap = {**OFFER, "price_usd_per_t": 90, "lot_t": 5}
    offers = [cheap, {**OFFER, "offer": "b", "min_order_t": 8}]
    prior = [{"offer": "b", "week": 1, "tonnes": 8}]
    head: dict[str, Any] = {"budget_usd": 800, "weeks": 1}
    for tables, by, short in (({"prior": prior}, "prior", 2), ({}, "thumb", 5)):
        found = unsolved(make_problem(head, offers=offers, **tables), WEEKLY, ("cover",), lambda: False)
        assert found is not None
        assert found.by == by
        assert found.judgement.measures["cover"] == 5 * short


def test_nothing_bought_is_called_so() -> None:
    """Nothing can be paid for."""
    plan = limited(make_problem({"budget_usd": 50}))
    assert (plan.document.unaided, plan.document.tickets) == ("nothing", ())
    assert "nothing is bought" in plan.unaided


def test_what_it_breaks_of_policy_is_named() -> None:
    """Five days must be bought of the one house there is, and two are wanted: the row is named, and why it gave way."""
    tin = {
        "mineral": "tin",
        "daily_use_t": 1,
        "price_usd_per_t": 100,
        "must_days": 5,
        "min_houses": 2,
        "split_min_share": 0.2,
    }
    plan = limited(make_problem(minerals=[tin]))
    assert [(g.rule, g.row) for g in plan.document.given_up] == [("split", "split_min_houses[tin]")]
    assert "before it was known" in plan.document.given_up[0].why


def test_no_plan_where_contract_leaves_none_without_the_solver() -> None:
    """Ten days must be there and money is for four: no rule of thumb helps, and that none exists is not known either."""
    tin = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 10}
    with pytest.raises(StoppedError, match="before a first plan"):
        limited(make_problem({"budget_usd": 400}, minerals=[tin]))


def test_a_run_that_insists_takes_no_plan_from_elsewhere() -> None:
    """An explanation's solve is asked for the best there is: without it there is no answer."""
    problem = make_problem()
    deaf()
    with pytest.raises(StoppedError):
        run.Run(problem, WEEKLY, Options.of(WEEKLY, time_limit_s=0.1), insist=True).solve()


def test_a_bound_of_money_holds_without_a_proof() -> None:
    """Paid for taking tin, 200 USD/t for 20 t in each of two weeks, less a fee of 5 an order: no less than -7 990 in all."""
    problem = make_problem(offers=[{**OFFER, "premium_usd_per_t": -300, "order_fee_usd": 5}]).change(
        "rules.funding=off"
    )
    model = problem.governing(WEEKLY)
    matrix = BuiltModel.of(problem, model).matrix
    assert least_of(matrix, "cost") <= -7990
    assert least_of(matrix, "cover") == 0
    cost = next(s for s in orebook.solve(problem, gap=0, audit=False).document.stages if s.stage == "cost")
    assert cost.value == pytest.approx(-7990)
    stopped = next(s for s in limited(problem).document.stages if s.stage == "cost")
    assert stopped.bound <= -7990 < stopped.value
    assert stopped.gap > 0


def test_policy_that_gave_way_in_haste_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock came first while it was looked for what has to give way: fewer rows might do, so the plan is not optimal."""
    tin = {
        "mineral": "tin",
        "daily_use_t": 1,
        "price_usd_per_t": 100,
        "must_days": 5,
        "min_houses": 2,
        "split_min_share": 0.2,
    }
    problem = make_problem(minerals=[tin])
    whole = orebook.solve(problem, audit=False)
    assert (whole.status, whole.document.repeatable) == ("optimal", True)
    loosen = FeasibilityRelaxation.relax

    def in_haste(self: FeasibilityRelaxation, matrix: Matrix) -> RelaxedPolicies | None:
        found = loosen(self, matrix)
        return found and replace(found, cut_short=True)

    monkeypatch.setattr(FeasibilityRelaxation, "relax", in_haste)
    cut = orebook.solve(problem, audit=False)
    assert (cut.status, cut.document.repeatable) == ("feasible", False)
    assert cut.document.tickets == whole.document.tickets


def test_a_clash_is_found_within_its_time() -> None:
    """Not found by then, it is said that it was stopped, and not that there is none."""
    tin = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 10}
    problem = make_problem({"budget_usd": 400}, minerals=[tin])
    deaf()
    with pytest.raises(StoppedError, match="before the clash"):
        explain_clash(problem, WEEKLY, Options.of(WEEKLY), Stop(), run.best_plan, Clock(0.1))
    assert judge(problem, orebook.decisions.Decisions(), WEEKLY).breaches
