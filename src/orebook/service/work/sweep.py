"""Many what-ifs of a plan: scenarios, ranges, a tornado or draws, each outcome told as it comes."""

from __future__ import annotations

from typing import Any

from orebook.plan_tables import csv_bytes, json_bytes
from orebook.problem import Problem
from orebook.scenarios.draws import draws, own_tornado
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.outcome_tables import rows
from orebook.scenarios.risk import risk_of
from orebook.scenarios.run_list import Listing, outcomes
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.sweeps import sweep, tornado
from orebook.service.runs.run_requests import SweepAsked
from orebook.service.work.open_plans import base_of
from orebook.service.work.task import Done, Ear, Task

SETTLED = ("optimal", "infeasible", "refused")
"""Endings of a scenario that say all there is to say of it."""


def work(task: Task, asked: SweepAsked, ear: Ear) -> Done:
    """Solve each from the base plan; after a stop those that were reached."""
    plan = base_of(task)
    listed = scenarios_of(asked, plan.problem)
    found: list[Outcome] = []

    def hear(outcome: Outcome) -> None:
        found.append(outcome)
        told = outcome.model_dump(mode="json", include={"name", "status", "total_usd", "measures", "changed"})
        ear.progress({"stage": "scenarios", "done": len(found), "of": len(listed), "last": told})

    solved = outcomes(Listing(plan, asked.gap, asked.time_limit_s), listed, ear.stop, hear)
    base = outcome_of("base", "", (), plan, 0.0)
    document: dict[str, Any] = {
        "schema": "orebook/outcomes/1",
        "base": base.model_dump(mode="json"),
        "scenarios": [o.model_dump(mode="json") for o in solved],
    }
    if asked.draws is not None and len(solved) == len(listed):
        document["risk"] = risk_of(base, solved, asked.draws.level).model_dump(mode="json")
    files = {"outcomes.json": json_bytes(document), "outcomes.csv": csv_bytes(rows(solved))}
    return _done(solved, len(listed), files)


def scenarios_of(asked: SweepAsked, problem: Problem) -> list[Scenario]:
    """The scenarios asked for, each after the changes that hold for all. Raises InputError."""
    if asked.tornado is not None:
        listed = own_tornado(problem) if asked.tornado == "own" else tornado(problem, asked.tornado)
    elif asked.draws is not None:
        listed = draws(problem, asked.draws.count, asked.draws.seed, asked.draws.weeks)
    else:
        listed = list(asked.scenarios) or crossed([sweep(text) for text in asked.sweeps])
    return [s.model_copy(update={"changes": (*asked.changes, *s.changes)}) for s in listed]


def _done(solved: list[Outcome], wanted: int, files: dict[str, bytes]) -> Done:
    """`optimal` where every scenario is settled, `feasible` where some are not, `failed` where none came to an end."""
    settled = sum(o.status in SETTLED for o in solved)
    result = {"scenarios": wanted, "solved": len(solved), "with_plan": sum(o.has_plan for o in solved)}
    if not solved:
        return Done("failed", "no scenario came to an end", result)
    if len(solved) < wanted:
        return Done("feasible", f"stopped after {len(solved)} of {wanted} scenarios", result, files)
    if settled < wanted:
        return Done(
            "feasible", f"{wanted - settled} of {wanted} scenarios are not settled within the gap", result, files
        )
    return Done("optimal", "", result, files)
