"""A what-if of a plan, and what it changes: with causes, which change forced which ticket."""

from __future__ import annotations

from orebook.api import compare
from orebook.scenarios.outcome import outcome_of
from orebook.scenarios.session import Session
from orebook.service.runs.run_requests import WhatifAsked
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import planned
from orebook.service.work.task import Done, Ear, Task


def work(task: Task, asked: WhatifAsked, ear: Ear) -> Done:
    """Solve it from the base plan, so that only what must change does. Raises as `orebook.solve` does."""
    base = base_of(task)
    ear.progress({"stage": "solve"})
    session = Session.of(base, gap=asked.gap, time_limit_s=asked.time_limit_s)
    plan = session.whatif(*asked.changes, stop=ear.stop)
    outcome = outcome_of("what-if", "", asked.changes, plan, 0.0)
    more = {"changed": outcome.changed, "forced": outcome.forced, "base": task.base}
    if not ear.stop.asked:
        ear.kept(planned(plan, more=more))
        ear.progress({"stage": "difference"})
    facts = compare(base, plan, causes=asked.causes and not ear.stop.asked, stop=ear.stop)
    return planned(plan, "", facts, more)
