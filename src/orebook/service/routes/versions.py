"""New versions of an instance: a whole one, or an edit. If-Match says which version it is of; nobody overwrites another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from orebook.service.actions.instances import check_upload
from orebook.service.actions.versions import (
    ExpectedVersion,
    add_version,
    prepare_edit,
    store_edit,
    version_differences,
)
from orebook.service.routes.common import refusals
from orebook.service.runs.editing import Edit
from orebook.service.runs.lookups import find_version
from orebook.service.views.models import Differences, InstanceOut
from orebook.service.web.body import EXAMPLE, Body, described
from orebook.service.web.context import Ctx
from orebook.service.web.etags import version_tag, versions_of
from orebook.service.web.idempotency import KeyedRequest, KeyHeader, Reply, answered_once, kept_reply
from orebook.service.web.parameters import InstanceId, Note, Number
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.problem_details import ProblemError

router = APIRouter(prefix="/v1/instances", tags=["instances"])
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=200, description="the ETag of the version that was read", examples=['"v3"']),
]


@router.post(
    "/{instance_id}/versions",
    status_code=201,
    response_model=InstanceOut,
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
) -> JSONResponse:
    """Store a whole instance as the next version of this one."""
    checked = check_upload(ctx, upload)
    keyed = KeyedRequest(who, key, f"version {instance_id} {if_match}".encode() + upload.content)
    with ctx.store.database.write() as session:

        def answer() -> Reply:
            expected = _expected(session, instance_id, if_match)
            made = add_version(session, ctx, instance_id, expected, checked, who.name, note)
            return Reply.of(201, made, f"instances/{instance_id}")

        return answered_once(session, keyed, answer).response()


@router.patch("/{instance_id}", response_model=InstanceOut, responses=refusals(404, 412, 413, 428))
def patch(
    ctx: Ctx, who: Planner, instance_id: InstanceId, edit: Edit, key: KeyHeader = None, if_match: IfMatch = None
) -> JSONResponse:
    """Edit an instance; what comes of it is its next version."""
    keyed = KeyedRequest(who, key, f"edit {instance_id} {if_match}".encode() + edit.model_dump_json().encode())
    with ctx.store.database.read() as session:
        known = kept_reply(session, keyed)
        if known is not None:
            return known.response()
        expected = _expected(session, instance_id, if_match)
    prepared = prepare_edit(ctx, instance_id, expected, edit)
    with ctx.store.database.write() as session:

        def answer() -> Reply:
            return Reply.of(200, store_edit(session, ctx, prepared, who.name), f"instances/{instance_id}")

        return answered_once(session, keyed, answer).response()


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
        return version_differences(session, ctx, instance_id, number, to)


def _expected(session: Session, instance_id: str, if_match: str | None) -> ExpectedVersion:
    """The versions that the request may change. Raises MissingError, and ProblemError 428 where it does not say."""
    newest = find_version(session, instance_id)
    if if_match is None:
        says = f"Send If-Match with the ETag of the version that you read; the newest is {version_tag(newest.number)}."
        raise ProblemError(428, "no-if-match", "Which version do you change?", says)
    return versions_of(if_match)
