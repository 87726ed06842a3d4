"""The plans that a task brings along, opened and judged again."""

from __future__ import annotations

from orebook.files.plan_folder import PLAN_PARTS, plan_of
from orebook.plan import Plan
from orebook.service.work.task import Task


def base_of(task: Task) -> Plan:
    """The plan that the run begins from."""
    assert task.base is not None
    return opened(task, task.base)


def opened(task: Task, plan_id: str) -> Plan:
    """One of the task's plans."""
    texts = task.plans[plan_id]
    return plan_of({name: texts[name] for name in PLAN_PARTS})
