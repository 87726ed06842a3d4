"""New versions of an instance: a whole one, or an edit. If-Match says which version it is of; nobody overwrites another."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from sqlalchemy.orm import Session

from orebook.findings import Finding
from orebook.problem import Problem
from orebook.schema.document import Document
from orebook.service.routes.common import InstanceId, Number, refusals
from orebook.service.routes.instances import Note, found_version, made
from orebook.service.runs.documents import document
from orebook.service.runs.editing import Edit, differences, edited
from orebook.service.runs.uploads import accepted, refuse_large
from orebook.service.store import instances
from orebook.service.store.tables import Version
from orebook.service.web.body import EXAMPLE, Body, described
from orebook.service.web.context import Context, Ctx
from orebook.service.web.etags import names, version_tag
from orebook.service.web.idempotency import Asked, KeyHeader, once, replayed
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.responses import Differences, InstanceOut

router = APIRouter(prefix="/v1/instances", tags=["instances"])
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=200, description="the ETag of the version that was read", examples=['"v3"']),
]


@router.post(
    "/{instance_id}/versions",
    status_code=201,
    openapi_extra=described(EXAMPLE),
    responses=refusals(404, 412, 413, 415, 428),
)
def add(
    ctx: Ctx,
    who: Planner,
    instance_id: InstanceId,
    upload: Body,
    key: KeyHeader = None,
    if_match: IfMatch = None,
    note: Note = "",
) -> InstanceOut:
    """Store a whole instance as the next version of this one."""
    problem, findings = accepted(upload, ctx.settings)
    instances.keep(ctx.store.blobs, problem)
    with ctx.store.database.write() as session:
        asked = Asked(who, key, f"version {instance_id} {if_match}".encode() + upload.content)

        def make() -> tuple[int, dict[str, Any]]:
            _matching(session, ctx, instance_id, if_match)
            return _added(session, ctx, instance_id, problem, findings, who.name, note)

        return once(session, asked, make)  # type: ignore[return-value]


@router.patch("/{instance_id}", responses=refusals(404, 412, 413, 428))
def patch(
    ctx: Ctx, who: Planner, instance_id: InstanceId, edit: Edit, key: KeyHeader = None, if_match: IfMatch = None
) -> InstanceOut:
    """Edit an instance; what comes of it is its next version."""
    asked = Asked(who, key, f"edit {instance_id} {if_match}".encode() + edit.model_dump_json().encode())
    with ctx.store.database.read() as session:
        known = replayed(session, asked)
        if known is not None:
            return known  # type: ignore[return-value]
        newest = _matching(session, ctx, instance_id, if_match)
    problem, findings = edited(document_of(ctx, newest), edit)  # before the store is locked for others
    refuse_large(problem, ctx.settings)
    instances.keep(ctx.store.blobs, problem)
    with ctx.store.database.write() as session:

        def make() -> tuple[int, dict[str, Any]]:
            _matching(session, ctx, instance_id, version_tag(newest.number))
            _, answer = _added(session, ctx, instance_id, problem, findings, who.name, edit.note)
            return 200, answer

        return once(session, asked, make)  # type: ignore[return-value]


@router.get("/{instance_id}/versions/{number}/differences", responses=refusals(404))
def get_differences(
    ctx: Ctx,
    who: Reader,
    instance_id: InstanceId,
    number: Number,
    to: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="the newest where left out")] = None,
) -> Differences:
    """What changed from a version to another."""
    with ctx.store.database.read() as session:
        old, new = found_version(session, instance_id, number), found_version(session, instance_id, to)
        return Differences(
            of=old.number, to=new.number, differs=differences(document_of(ctx, old), document_of(ctx, new))
        )


def document_of(ctx: Context, version: Version) -> Document:
    """The document of a version."""
    return document(ctx.store.blobs, version.document)


def _matching(session: Session, ctx: Context, instance_id: str, if_match: str | None) -> Version:
    """The newest version, if it is the one that the request is of. Raises ProblemError 404, 412 with what differs, 428."""
    newest = found_version(session, instance_id, None)
    if if_match is None:
        says = f"Send If-Match with the ETag of the version that you read; the newest is {version_tag(newest.number)}."
        raise ProblemError(428, "no-if-match", "Which version do you change?", says)
    if names(if_match, version_tag(newest.number)):
        return newest
    read = if_match.strip().removeprefix("W/").strip('"').removeprefix("v")
    old = (
        session.get(Version, (instance_id, int(read))) if read.isascii() and read.isdigit() and len(read) < 9 else None
    )
    differs = differences(document_of(ctx, old), document_of(ctx, newest)) if old else []
    says = f"It is at {version_tag(newest.number)} now, by {newest.by}; read it again and make your changes to that."
    headers = {"ETag": version_tag(newest.number)}
    raise ProblemError(412, "changed", "It has been changed meanwhile", says, headers=headers, differs=differs)


def _added(
    session: Session, ctx: Context, instance_id: str, problem: Problem, findings: list[Finding], who: str, note: str
) -> tuple[int, dict[str, Any]]:
    version = instances.add(session, ctx.store.blobs, instance_id, problem, findings, who, note)
    session.flush()
    return made(session, version)
