"""A small solve that somebody waits for: of an instance that is stored, or of one that is brought along."""

from __future__ import annotations

from sqlalchemy.orm import Session

from orebook.service.context import Context
from orebook.service.errors import bad_input, too_large
from orebook.service.runs.documents import plan_document
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
    solving = SOLVING * ctx.settings.sync_s
    content = request.model_dump(exclude={"instance", "document"})
    content["time_limit_s"] = min(solving, request.time_limit_s or solving)
    version = _version(session, ctx, request, who)
    most = ctx.settings.sync_minerals
    if version.size["minerals"] > most:
        there = version.size["minerals"]
        raise too_large(f"Of {there} minerals, with up to {most} a solve is waited for; submit a run.")
    refuse_many(session, ctx, who)
    spec = run_spec(session, ctx, SolveRequest.model_validate(content), RunSource(version))
    return runs.submit(session, spec.within(ctx.settings.sync_s), who).id


def solved(session: Session, ctx: Context, run_id: str) -> SolvedOut:
    """The run as it stands, and its plan where there is one."""
    run = session.get_one(Run, run_id)
    file = session.get(File, (run_id, "plan.json"))
    plan = plan_document(ctx.store.blobs, file.sha256) if file else None
    return SolvedOut(run=run_out(session, run), plan=plan)


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
