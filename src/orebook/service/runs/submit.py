"""From what a request asks to a run in the queue: checked as far as that takes no solve, within the limits of the service."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from orebook.changes import changed
from orebook.errors import InputError
from orebook.files.models import read_model
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.resolve import problem_of
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.sweeps import sweep
from orebook.schema.model import Model
from orebook.service.runs.documents import document
from orebook.service.runs.next_week_rules import following
from orebook.service.runs.run_requests import (
    Asked,
    CompareAsked,
    ExplainAsked,
    NextWeekAsked,
    ReportAsked,
    SolveAsked,
    SweepAsked,
    WhatifAsked,
)
from orebook.service.store import runs
from orebook.service.store.runs import Wanted
from orebook.service.store.tables import Run, Version
from orebook.service.web.context import Context
from orebook.service.web.problem_details import ProblemError, not_found
from orebook.service.web.serializers import PLANNED, WITH_PLAN

SETTLING_S = 60.0
"""Beside solving: building the model, the audit's start, writing."""


@dataclass(frozen=True)
class Origin:
    """What a run begins from: a version of an instance, or a plan, whose instance it is then."""

    version: Version
    plan: Run | None = None


def plan_run(session: Session, plan_id: str) -> Run:
    """The run that made a plan. Raises ProblemError 404."""
    run = session.get(Run, plan_id)
    if run is None or run.kind not in PLANNED or run.state not in WITH_PLAN:
        raise not_found(f"The plan {plan_id}")
    return run


def wanted(session: Session, ctx: Context, asked: Asked, origin: Origin) -> Wanted:
    """The run to make. Raises ProblemError 422 with every fault, 413 and 429 beyond the limits."""
    if runs.waiting(session) >= ctx.settings.waiting:
        says = f"{ctx.settings.waiting:,} runs wait already; try again when some have ended."
        raise ProblemError(429, "too-many-waiting", "Too many runs wait", says, headers={"Retry-After": "30"})
    instance = document(ctx.store.blobs, origin.version.document)
    if isinstance(asked, NextWeekAsked):
        assert origin.plan is not None
        asked = following(session, ctx, asked, origin.plan)
    asked = _limited(asked, ctx)
    _check(asked, problem_of(instance), ctx)
    if isinstance(asked, CompareAsked):
        plan_run(session, asked.against)
    limit = _seconds(asked, ctx)
    return Wanted(
        asked.kind,
        origin.version.instance_id,
        origin.version.number,
        origin.plan.id if origin.plan else None,
        asked.model_dump(mode="json", exclude_defaults=True) | {"kind": asked.kind},
        limit,
    )


def _limited(asked: Asked, ctx: Context) -> Asked:
    """A solve by a model that would take longer than a run may ask for gets what it may."""
    if isinstance(asked, SolveAsked) and asked.time_limit_s is None and _own_limit(asked) > ctx.settings.solve_s:
        return asked.model_copy(update={"time_limit_s": ctx.settings.solve_s})
    return asked


def _own_limit(asked: SolveAsked) -> float:
    model = shipped(asked.model) if isinstance(asked.model, str) else asked.model
    return model.solver.time_limit_s


def _seconds(asked: Asked, ctx: Context) -> float:
    """The wall time of a run: a solve's own, twice as much for its audit, and what settling takes; never over the limit."""
    most = ctx.settings.wall_s
    if isinstance(asked, SolveAsked):
        solving = asked.time_limit_s
        return min(most, 3 * (_own_limit(asked) if solving is None else solving) + SETTLING_S)
    return most


def _check(asked: Asked, problem: Problem, ctx: Context) -> None:
    """Raises InputError with every name and change that does not fit, and ProblemError 413."""
    limit = getattr(asked, "time_limit_s", None)
    if limit is not None and limit > ctx.settings.solve_s:
        raise ProblemError(
            413, "too-long", "Too long", f"A run may ask for {ctx.settings.solve_s:g} s of solving at most."
        )
    if isinstance(asked, SolveAsked):
        if isinstance(asked.model, str):
            shipped(asked.model)
        changed(problem, asked.changes)
    elif isinstance(asked, WhatifAsked):
        changed(problem, asked.changes)
    elif isinstance(asked, SweepAsked):
        _check_sweep(asked, problem, ctx)
    elif isinstance(asked, NextWeekAsked):
        unknown = [name for name in asked.prices if name not in problem.minerals]
        if unknown:
            raise InputError(
                [fault("prices", None, "unknown_name", f'"{name}" is no mineral of it') for name in unknown]
            )
    else:
        assert isinstance(asked, ExplainAsked | CompareAsked | ReportAsked)


def _check_sweep(asked: SweepAsked, problem: Problem, ctx: Context) -> None:
    listed = list(asked.scenarios) or [Scenario(name="base")]
    if asked.sweeps:
        ranges = [sweep(text) for text in asked.sweeps]
        count = 1
        for steps in ranges:
            count *= len(steps)
        _refuse_many(count, ctx)
        listed = crossed(ranges)
    _refuse_many(asked.draws.count if asked.draws else len(listed), ctx)
    found: list[Finding] = []
    for scenario in listed:
        try:
            changed(problem, (*asked.changes, *scenario.changes))
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(list(dict.fromkeys(found))[:100])


def _refuse_many(count: int, ctx: Context) -> None:
    if count > ctx.settings.scenarios:
        says = f"The sweep has {count:,} scenarios; this service takes {ctx.settings.scenarios:,}."
        raise ProblemError(413, "too-many-scenarios", "Too many scenarios", says)


def shipped(name: str) -> Model:
    """The model that ships under that name. Raises InputError where none does; a file's name is none."""
    if name.endswith(".toml") or "/" in name:
        raise InputError(
            [fault("model", None, "unknown_model", "is no model that ships; give one's name, or a whole model")]
        )
    return read_model(name)
