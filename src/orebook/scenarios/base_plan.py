"""The base plan of an instance: the one solved before, or one solved now."""

from __future__ import annotations

from pathlib import Path

from orebook.files.models import read_model
from orebook.files.plan_folder import open_plan
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.scenarios.study_listener import StudyListener
from orebook.scenarios.study_request import StudyRequest
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run


def base_plan(
    problem: Problem, request: StudyRequest, folder: Path | None, listener: StudyListener, stop: Stop
) -> Plan:
    """The plan in the folder where it is of this problem and model, else one solved without an audit."""
    model = problem.governing(request.model if isinstance(request.model, Model) else read_model(request.model))
    if folder is not None and (folder / "plan.json").is_file():
        plan = open_plan(folder)
        if (plan.problem.digest, plan.model.digest()) == (problem.digest, model.digest()):
            return plan
    listener.on_base_begin()
    options = Options.of(model, gap=request.gap, time_limit_s=request.time_limit_s, audit=False)
    plan = Run(problem, model, options, listener.base, stop).solve().plan
    listener.on_base_solved(plan)
    return plan
