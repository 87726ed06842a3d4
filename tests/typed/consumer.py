"""A planner's program, as type checkers see it: every name is exported, and says what it gives."""

from __future__ import annotations

import asyncio
from typing import assert_type

import pandas as pd

import orebook
from orebook import Explainer, Fact, Finding, InputError, Model, Plan, Problem, Risk, Stop, Verdict


def planned(problem: Problem, model: Model) -> Plan:
    """The plan of a problem, dearer by a tenth."""
    return orebook.solve(problem.change("minerals.*.price_usd_per_t=+10%"), model, gap=0.01, time_limit_s=60)


def told(plan: Plan) -> list[str]:
    """What keeps minerals short, in words."""
    explainer = orebook.explain(plan, seconds=4)
    assert_type(explainer, Explainer)
    return [fact.says for fact in explainer.shortages() if fact.kind == "mend"]


async def within(problem: Problem, seconds: float) -> Plan:
    """The plan that a minute leaves."""
    stop = Stop()
    solving = asyncio.create_task(asyncio.to_thread(orebook.solve, problem, stop=stop))
    done, _ = await asyncio.wait([solving], timeout=seconds)
    stop.asked = not done
    return await solving


def main() -> None:
    """Each public call once."""
    problem = orebook.read("vault-small")
    assert_type(problem, Problem)
    assert_type(Problem.from_frames({"offers": pd.DataFrame()}, weeks=4, budget_usd=1e6), Problem)
    plan = planned(problem, orebook.read_model("weekly"))
    assert_type(plan.minerals, pd.DataFrame)
    assert_type(plan.problem.offers["a"].price_usd_per_t, float | None)
    assert_type(orebook.whatif(plan, "rules.shares=off"), Plan)
    assert_type(orebook.Session(problem).whatif("rules.shares=off"), Plan)
    assert_type(orebook.compare(plan, plan), list[Fact])
    assert_type(orebook.risk(plan, draws=2), Risk)
    assert_type(orebook.verify(problem, "plan.json"), Verdict)
    plan.save("plans/small")
    assert_type(orebook.open_plan("plans/small"), Plan)
    try:
        asyncio.run(within(problem, 60))
    except InputError as error:
        assert_type(error.findings, tuple[Finding, ...])
    except orebook.InfeasibleError as error:
        print([row.rule for row in error.clash.rows])  # noqa: T201
    print(told(plan))  # noqa: T201
