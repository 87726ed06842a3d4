"""From what a request asks to a run in the queue: checked as far as that takes no solve, within the limits of the service."""

from __future__ import annotations

from collections.abc import Sequence
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
from orebook.service.context import Context
from orebook.service.errors import TooLargeError, TooManyRunsError
from orebook.service.runs.aside import aside
from orebook.service.runs.documents import document
from orebook.service.runs.lookups import find_plan
from orebook.service.runs.next_week_rules import with_weeks_that_stand
from orebook.service.runs.run_requests import (
    CompareRequest,
    ExplainRequest,
    HedgeRequest,
    InstanceRequest,
    NextWeekRequest,
    ReportRequest,
    RunRequest,
    SweepRequest,
    WhatifRequest,
)
from orebook.service.store import runs
from orebook.service.store.runs import RunSpec
from orebook.service.store.tables import Run, Version
from orebook.solver.hedge.futures import known_futures

FEW, MOST_FOUND = 20, 100
"""Scenarios that take no process of their own to be checked; faults that are told of them."""
SETTLING_S = 60.0
"""Beside solving: building the model, the audit's start, writing."""


@dataclass(frozen=True)
class RunSource:
    """What a run begins from: a version of an instance, or a plan, whose instance it is then."""

    version: Version
    plan: Run | None = None


def run_spec(session: Session, ctx: Context, request: RunRequest, source: RunSource) -> RunSpec:
    """The run to make. Raises InputError with every fault, and TooLargeError beyond the limits."""
    instance = document(ctx.store.blobs, source.version.document)
    if isinstance(request, NextWeekRequest):
        assert source.plan is not None
        request = with_weeks_that_stand(session, ctx, request, source.plan)
    request = _limited(request, ctx)
    problem = problem_of(instance)
    _check(request, problem, ctx)
    if isinstance(request, CompareRequest):
        find_plan(session, request.against)
    limit = _seconds(request, problem, ctx)
    return RunSpec(
        request.kind,
        source.version.instance_id,
        source.version.number,
        source.plan.id if source.plan else None,
        request.model_dump(mode="json", exclude_defaults=True) | {"kind": request.kind},
        limit,
    )


def refuse_many(session: Session, ctx: Context, who: str) -> None:
    """Raises TooManyRunsError where as many runs wait as may, of one who asks or of all."""
    if runs.waiting(session, who) >= ctx.settings.key_waiting:
        says = f"{ctx.settings.key_waiting:,} runs of yours wait already; try again when some have ended."
        raise TooManyRunsError("too-many-waiting", "Too many runs wait", says)
    if runs.waiting(session) >= ctx.settings.waiting:
        says = f"{ctx.settings.waiting:,} runs wait already; try again when some have ended."
        raise TooManyRunsError("too-many-waiting", "Too many runs wait", says)


def _limited(request: RunRequest, ctx: Context) -> RunRequest:
    """A solve by a model that would take longer than a run may ask for gets what it may."""
    if (
        isinstance(request, InstanceRequest)
        and request.time_limit_s is None
        and _own_limit(request) > ctx.settings.solve_s
    ):
        return request.model_copy(update={"time_limit_s": ctx.settings.solve_s})
    return request


def _own_limit(request: InstanceRequest) -> float:
    model = shipped_model(request.model) if isinstance(request.model, str) else request.model
    return model.solver.time_limit_s


def _seconds(request: RunRequest, problem: Problem, ctx: Context) -> float:
    """The wall time of a run: a solve's own, twice as much for its audit, and what settling takes; never over the limit.

    Where there are futures, the plan of each has to be settled.
    """
    most = ctx.settings.wall_s
    if isinstance(request, InstanceRequest):
        solving = request.time_limit_s
        plans = len(problem.futures) if isinstance(request, HedgeRequest) else 0
        return min(most, 3 * (_own_limit(request) if solving is None else solving) + SETTLING_S * (1 + plans))
    return most


def _check(request: RunRequest, problem: Problem, ctx: Context) -> None:
    """Raises InputError with every name and change that does not fit, and TooLargeError."""
    limit = getattr(request, "time_limit_s", None)
    if limit is not None and limit > ctx.settings.solve_s:
        says = f"A run may ask for {ctx.settings.solve_s:g} s of solving at most."
        raise TooLargeError("too-long", "Too long", says)
    if isinstance(request, InstanceRequest):
        if isinstance(request.model, str):
            shipped_model(request.model)
        there = changed(problem, request.changes)
        if isinstance(request, HedgeRequest):
            known_futures(there)
    elif isinstance(request, WhatifRequest):
        changed(problem, request.changes, request.known, request.in_transit)
    elif isinstance(request, SweepRequest):
        _check_sweep(request, problem, ctx)
    elif isinstance(request, NextWeekRequest):
        unknown = [name for name in request.prices if name not in problem.minerals]
        if unknown:
            raise InputError(
                [fault("prices", None, "unknown_name", f'"{name}" is no mineral of it') for name in unknown]
            )
    else:
        assert isinstance(request, ExplainRequest | CompareRequest | ReportRequest)


def _check_sweep(request: SweepRequest, problem: Problem, ctx: Context) -> None:
    listed = list(request.scenarios) or [Scenario(name="base")]
    if request.sweeps:
        ranges = [sweep(text) for text in request.sweeps]
        count = 1
        for steps in ranges:
            count *= len(steps)
        _refuse_many(count, ctx)
        listed = crossed(ranges)
    _refuse_many(request.draws.count if request.draws else len(listed), ctx)
    if len(listed) > FEW:
        aside(ctx.settings, _try_scenarios, request, listed, problem)
    else:
        _try_scenarios(request, listed, problem)


def _try_scenarios(request: SweepRequest, listed: Sequence[Scenario], problem: Problem) -> None:
    """Make each; raises InputError with the faults of those that cannot be made, the first 100 of them."""
    found: dict[Finding, None] = {}
    for scenario in listed:
        try:
            known, in_transit = (
                (request.known, request.in_transit) if scenario.known is None else (scenario.known, scenario.in_transit)
            )
            changed(problem, (*request.changes, *scenario.changes), known, in_transit)
        except InputError as error:
            found |= dict.fromkeys(error.findings)
        if len(found) >= MOST_FOUND:
            break
    if found:
        raise InputError(list(found)[:MOST_FOUND])


def _refuse_many(count: int, ctx: Context) -> None:
    if count > ctx.settings.scenarios:
        says = f"The sweep has {count:,} scenarios; this service takes {ctx.settings.scenarios:,}."
        raise TooLargeError("too-many-scenarios", "Too many scenarios", says)


def shipped_model(name: str) -> Model:
    """The model that ships under that name. Raises InputError where none does; a file's name is none."""
    if name.endswith(".toml") or "/" in name:
        raise InputError(
            [fault("model", None, "unknown_model", "is no model that ships; give one's name, or a whole model")]
        )
    return read_model(name)
