"""A plan of an instance, and then the audit of its proof."""

from __future__ import annotations

from contextlib import suppress

from orebook.changes import changed
from orebook.errors import InputError
from orebook.files.models import read_model
from orebook.files.plan_folder import plan_of, plan_texts
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.service.runs.run_requests import SolveRequest
from orebook.service.work.progress import ProgressJson
from orebook.service.work.results import planned
from orebook.service.work.task import Done, ParentChannel, Task
from orebook.solver.audit.solving import solve_and_audit
from orebook.solver.options import Options

NOT_AUDITED = "the audit did not come to an end"


def work(task: Task, request: SolveRequest, channel: ParentChannel) -> Done:
    """Solve, keep the plan, audit. Raises as `orebook.solve` does."""
    problem = changed(problem_in(task), request.changes)
    model = problem.governing(request.model if isinstance(request.model, Model) else read_model(request.model))
    options = Options.of(
        model, gap=request.gap, time_limit_s=request.time_limit_s, threads=request.threads, audit=request.audit
    )
    progress = ProgressJson(channel.progress)

    def keep(plan: Plan) -> None:
        channel.kept(planned(plan.audited("timed out"), NOT_AUDITED))
        progress.auditing()

    plan = solve_and_audit(
        problem,
        model,
        options,
        listener=progress.listener(lambda best: channel.best(plan_texts(best))),
        stop=channel.stop,
        start=begun(task),
        on_plan=keep,
    )
    return planned(plan)


def begun(task: Task) -> Plan | None:
    """What an earlier attempt came to; None where there was none, or where it is of another orebook that wrote it otherwise."""
    if task.best is None:
        return None
    with suppress(InputError):
        return plan_of(task.best)
    return None


def problem_in(task: Task) -> Problem:
    """The problem of the task's instance, which was found to be without faults when it was stored."""
    return problem_of(Document.model_validate_json(task.document))
