"""A sweep is the library's study: the request, how it ends, and what is told while it runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

import orebook
from orebook.files.plan_folder import plan_texts
from orebook.scenarios.study import run_study
from orebook.scenarios.study_request import DrawSettings
from orebook.service.runs.run_requests import SweepRequest
from orebook.service.work.sweep import study_request, work
from orebook.service.work.task import Done, ParentChannel, Task
from tests.builders import make_problem

DAYS = "instance.target_days=5:15:3"


@pytest.fixture(scope="module")
def plan() -> orebook.Plan:
    """Ten days of tin for 1000 USD."""
    return orebook.solve(make_problem(volatility=[{"mineral": "tin", "volatility_pct": 30}]), gap=0.0, audit=False)


def sweep(plan: orebook.Plan, ear: ParentChannel, **asked: Any) -> Done:
    """A sweep of the plan, done in this process."""
    request = SweepRequest.model_validate({"gap": 0.0, **asked})
    return work(Task("r", request, "", {"p": plan_texts(plan)}, "p"), request, ear)


def test_a_sweep_is_the_study_of_the_library(plan: orebook.Plan) -> None:
    """The same outcomes, seconds apart, and the same draws at the same level."""
    asked = SweepRequest.model_validate({"gap": 0.0, "sweeps": [DAYS]})
    done = sweep(plan, ParentChannel(), sweeps=[DAYS])
    said = json.loads(done.files["outcomes.json"])
    assert [s["total_usd"] for s in said["scenarios"]] == [
        o.total_usd for o in run_study(plan, study_request(asked)).outcomes
    ]
    draws = SweepRequest.model_validate({"draws": {"count": 3, "seed": 2, "level": 0.9}})
    assert study_request(draws).draws == DrawSettings(3, 2, 0.9)
    assert "risk" in json.loads(sweep(plan, ParentChannel(), draws={"count": 2}).files["outcomes.json"])


def test_outcomes_are_told_as_they_come(plan: orebook.Plan) -> None:
    """How many of how many, and the last one."""
    told: list[dict[str, Any]] = []
    sweep(plan, ParentChannel(progress=told.append), sweeps=[DAYS])
    assert [(p["done"], p["of"], p["last"]["total_usd"]) for p in told] == [(1, 3, 500), (2, 3, 1000), (3, 3, 1500)]


def test_how_a_sweep_ends(plan: orebook.Plan) -> None:
    """Settled where each has an end that stays, also one without a plan or refused; feasible where it was stopped."""
    scenarios = [
        {"name": "fine", "changes": ["instance.target_days=5"]},
        {"name": "clash", "changes": ["instance.budget_usd=1", "minerals.tin.must_days=5"]},
        {"name": "refused", "changes": ["minerals.tim.price_usd_per_t=1"]},
    ]
    done = sweep(plan, ParentChannel(), scenarios=scenarios)
    assert (done.state, done.result) == ("optimal", {"scenarios": 3, "solved": 3, "with_plan": 1})
    ear = ParentChannel()
    ear.progress = lambda _p: setattr(ear.stop, "asked", True)
    done = sweep(plan, ear, draws={"count": 3})
    assert (done.state, done.reason) == ("feasible", "stopped after 1 of 3 scenarios")
    assert "risk" not in json.loads(done.files["outcomes.json"])
