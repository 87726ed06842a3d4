"""A small solve that somebody waits for: of an instance that is stored, or of one that is brought along."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.orm import Session

from orebook.api import solve
from orebook.changes import changed
from orebook.errors import NoPlanError, OrebookError
from orebook.files.models import read_model
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument
from orebook.service.actions.runs import cancel_run
from orebook.service.context import Context
from orebook.service.errors import ConflictError, RefusedError, bad_input, too_large
from orebook.service.runs.aside import aside
from orebook.service.runs.documents import document, plan_document
from orebook.service.runs.lookups import find_version
from orebook.service.runs.run_request_bodies import SolveNow
from orebook.service.runs.run_requests import SolveRequest
from orebook.service.runs.submit import RunSource, refuse_many, run_spec
from orebook.service.runs.uploads import inspected_document
from orebook.service.store import instances, runs
from orebook.service.store.tables import File, Run, Version
from orebook.service.views.models import SolvedOut
from orebook.service.views.serializers import run_out

SOLVING = 0.6
"""Part of the limit that is for solving; the rest is for the audit and for writing."""


def submit_solve_now(session: Session, ctx: Context, request: SolveNow, who: str) -> str:
    """Queue it, and the id of its run. Raises as `submit_run` does, and TooLargeError for more minerals than are waited for."""
    seconds = seconds_of(request, ctx)
    solving = SOLVING * seconds
    content = request.model_dump(exclude={"instance", "document", "deadline_s"})
    content["time_limit_s"] = min(solving, request.time_limit_s or solving)
    version = _version(session, ctx, request, who)
    most = ctx.settings.sync_minerals
    if version.size["minerals"] > most:
        there = version.size["minerals"]
        raise too_large(f"Of {there} minerals, with up to {most} a solve is waited for; submit a run.")
    refuse_many(session, ctx, who)
    spec = run_spec(session, ctx, SolveRequest.model_validate(content), RunSource(version))
    return runs.submit(session, spec.within(seconds), who).id


def seconds_of(request: SolveNow, ctx: Context) -> float:
    """How long it is waited for."""
    return min(request.deadline_s or ctx.settings.sync_s, ctx.settings.sync_s)


def solved(session: Session, ctx: Context, run_id: str) -> SolvedOut:
    """The run as it stands, and its plan where there is one."""
    run = session.get_one(Run, run_id)
    file = session.get(File, (run_id, "plan.json"))
    plan = plan_document(ctx.store.blobs, file.sha256) if file else None
    return SolvedOut(run=run_out(session, run), plan=plan)


def plan_without_solver(ctx: Context, run_id: str) -> PlanDocument | None:
    """A plan of the run's instance that needs no solver, made in a process of its own; None where even that cannot be."""
    with ctx.store.database.read() as session:
        run = session.get_one(Run, run_id)
        version = session.get_one(Version, (run.instance_id, run.version))
    request = SolveRequest.model_validate(run.asked)
    try:
        return aside(ctx.settings, unaided, document(ctx.store.blobs, version.document), request)
    except (OrebookError, RefusedError):
        return None


def unaided(document: Document, request: SolveRequest) -> PlanDocument | None:
    """The plan of a rule of thumb, the prior one or none at all, whichever keeps the rules and is best."""
    problem = changed(problem_of(document), request.changes)
    model = request.model if isinstance(request.model, Model) else read_model(request.model)
    try:
        return solve(problem, model, time_limit_s=0.0, audit=False).document
    except NoPlanError:
        return None


def give_up(ctx: Context, run_id: str, who: str) -> None:
    """Cancel a run that nobody waits for any more, if it has not ended."""
    with suppress(ConflictError), ctx.store.database.write() as session:
        cancel_run(session, run_id, who)


def _version(session: Session, ctx: Context, request: SolveNow, who: str) -> Version:
    """The stored instance, or the one brought along, which is stored under its name and content."""
    if request.document is None:
        assert request.instance is not None
        return find_version(session, request.instance)
    problem, findings = inspected_document(request.document, ctx.settings)
    if problem is None:
        raise bad_input(findings, "The instance has faults")
    instance_id = f"{instances.slug(problem.name)}-{problem.digest[:12]}"
    known = instances.latest(session, instance_id)
    return known or instances.create(session, ctx.store.blobs, problem, findings, who, "for a solve", instance_id)
