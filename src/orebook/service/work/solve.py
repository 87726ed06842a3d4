"""A plan of an instance, and then the audit of its proof."""

from __future__ import annotations

from orebook.changes import changed
from orebook.files.models import read_model
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.service.runs.run_requests import SolveAsked
from orebook.service.work.progress import Told
from orebook.service.work.results import planned
from orebook.service.work.task import Done, Ear, Task
from orebook.solver.audit.audit import audited
from orebook.solver.options import Options
from orebook.solver.run.run import Run

NOT_AUDITED = "the audit did not come to an end"


def work(task: Task, asked: SolveAsked, ear: Ear) -> Done:
    """Solve, keep the plan, audit. Raises as `orebook.solve` does."""
    problem = changed(problem_in(task), asked.changes)
    model = problem.governing(asked.model if isinstance(asked.model, Model) else read_model(asked.model))
    options = Options.of(
        model, gap=asked.gap, time_limit_s=asked.time_limit_s, threads=asked.threads, audit=asked.audit
    )
    told = Told(ear.progress)
    run = Run(problem, model, options, told.listener(), ear.stop)
    solved = run.solve()
    if not asked.audit or ear.stop.asked:
        return planned(solved.plan)
    ear.kept(planned(solved.plan.audited("timed out"), NOT_AUDITED))
    told.auditing()
    return planned(audited(run, solved).plan)


def problem_in(task: Task) -> Problem:
    """The problem of the task's instance, which was found to be without faults when it was stored."""
    return problem_of(Document.model_validate_json(task.document))
