"""One order of solving and auditing: the plan is told before its audit, and a stop leaves it unaudited."""

from __future__ import annotations

import orebook
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from orebook.solver.audit.solving import solve_and_audit
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener


def _budget() -> tuple[Problem, Model]:
    problem = orebook.read("instances/teaching/budget")
    return problem, problem.governing(orebook.read_model("weekly"))


def test_the_plan_is_there_before_its_audit() -> None:
    """teaching/budget: `on_plan` gets it once, unaudited; what comes back is the same plan with its verdict."""
    problem, model = _budget()
    told = list[Plan]()
    plan = solve_and_audit(problem, model, Options.of(model), on_plan=told.append)
    assert [one.audit for one in told] == [False]
    assert plan.audit is True
    assert told[0].audited(True).to_json() == plan.to_json()


def test_without_an_audit_nothing_is_told() -> None:
    """`audit=False`: the plan comes back unaudited, and `on_plan` is not called."""
    problem, model = _budget()
    told = list[Plan]()
    assert solve_and_audit(problem, model, Options.of(model, audit=False), on_plan=told.append).audit is False
    assert told == []


def test_after_a_stop_no_audit_begins() -> None:
    """A stop while it solves leaves the plan unaudited; one that comes with the plan cuts the audit short."""
    problem, model = _budget()
    early, late, told = Stop(), Stop(), list[Plan]()

    def stop_early(*_: object) -> None:
        early.asked = True

    def stop_late(plan: Plan) -> None:
        late.asked = True
        told.append(plan)

    listener = Listener(on_progress=stop_early)
    plan = solve_and_audit(problem, model, Options.of(model), listener=listener, stop=early, on_plan=told.append)
    assert (early.asked, plan.audit, told) == (True, False, [])
    assert solve_and_audit(problem, model, Options.of(model), stop=late, on_plan=stop_late).audit == "timed out"
    assert len(told) == 1


def test_who_listens_hears_of_the_plan_that_each_stage_leaves() -> None:
    """Of every stage but those that only break ties, with what came of it; the last is as good as the plan is."""
    problem, model = _budget()
    heard = list[Plan]()
    plan = solve_and_audit(problem, model, Options.of(model, audit=False), listener=Listener(on_plan=heard.append))
    main = [s.stage for s in plan.document.stages if s.stage not in TIE_BREAKING]
    assert [p.document.stages[-1].stage for p in heard] == main
    assert heard[-1].costs.total_usd == plan.costs.total_usd
