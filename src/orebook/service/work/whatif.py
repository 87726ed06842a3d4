"""A what-if of a plan, and what it changes: with causes, which change forced which ticket."""

from __future__ import annotations

from orebook.api import compare
from orebook.scenarios.outcome import outcome_of
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.service.runs.run_requests import WhatifRequest
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import planned
from orebook.service.work.task import Done, ParentChannel, Task


def work(task: Task, request: WhatifRequest, channel: ParentChannel) -> Done:
    """Solve it from the base plan, so that only what must change does. Raises as `orebook.solve` does."""
    base = base_of(task)
    channel.progress({"stage": "solve"})
    session = Session.of(base, gap=request.gap, time_limit_s=request.time_limit_s)
    asked = Scenario(name="what-if", changes=request.changes, known=request.known, in_transit=request.in_transit)
    plan = session.whatif(*asked.changes, known=asked.known, in_transit=asked.in_transit, stop=channel.stop)
    outcome = outcome_of(asked, plan, 0.0)
    more = {"changed": outcome.changed, "forced": outcome.forced, "base": task.base}
    if not channel.stop.asked:
        channel.kept(planned(plan, more=more))
        channel.progress({"stage": "difference"})
    facts = compare(base, plan, causes=request.causes and not channel.stop.asked, stop=channel.stop)
    return planned(plan, "", facts, more)
