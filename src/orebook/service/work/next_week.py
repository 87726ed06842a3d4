"""The instance a week after a plan: its first week's orders are done, what was approved beyond it stands."""

from __future__ import annotations

from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.committed import committed
from orebook.rolling.moving_on import at_prices
from orebook.rolling.next_week import next_week_document
from orebook.service.runs.run_requests import NextWeekRequest
from orebook.service.work.open_plans import base_of
from orebook.service.work.task import NEXT_INSTANCE, Done, ParentChannel, Task


def work(task: Task, request: NextWeekRequest, channel: ParentChannel) -> Done:
    """Move on; the web process stores the instance that comes of it as a new version."""
    plan = base_of(task)
    week = committed(plan.problem, plan.judgement)
    document = at_prices(next_week_document(plan.problem, plan.judgement, week), request.prices)
    head = document.instance.model_copy(update={"frozen_weeks": request.stands})
    document = document.model_copy(update={"instance": head})
    problem: Problem = problem_of(document)
    result = {
        "cash_usd": float(week.cash_usd),
        "ordered": len(week.tickets),
        "frozen_weeks": request.stands,
        "not_frozen": list(request.not_frozen),
        "start": None if problem.start is None else problem.start.isoformat(),
        "digest": problem.digest,
    }
    return Done("optimal", "", result, {NEXT_INSTANCE: document.model_dump_json(exclude_none=True).encode()})
