"""Instances: made from JSON, a zipped folder or a workbook; changed by new versions; shown whole and table by table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from orebook.service.actions.instances import check_upload, create_instance, instance_view, list_instances
from orebook.service.actions.instances import list_versions as versions_of_instance
from orebook.service.faults import fault_of
from orebook.service.routes.common import next_page, refusals
from orebook.service.runs.uploads import inspected
from orebook.service.views.models import InstanceOut, Validity
from orebook.service.web.body import EXAMPLE, Body, described
from orebook.service.web.context import Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.idempotency import KeyedRequest, KeyHeader, Reply, answered_once
from orebook.service.web.parameters import After, InstanceId, Limit, Note
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.responses import Page

router = APIRouter(prefix="/v1/instances", tags=["instances"])


@router.post(
    "",
    status_code=201,
    response_model=InstanceOut,
    openapi_extra=described(EXAMPLE),
    responses=refusals(409, 413, 415),
)
def create(ctx: Ctx, who: Planner, upload: Body, key: KeyHeader = None, note: Note = "") -> JSONResponse:
    """Store an instance that is not there yet, as its version 1."""
    checked = check_upload(ctx, upload)
    keyed = KeyedRequest(who, key, b"create" + upload.content)
    with ctx.store.database.write() as session:

        def answer() -> Reply:
            made = create_instance(session, ctx, checked, who.name, note)
            return Reply.of(201, made, f"instances/{made.id}")

        return answered_once(session, keyed, answer).response()


@router.post("/validate", openapi_extra=described(EXAMPLE, {"type": "object"}), responses=refusals(413, 415))
def validate(ctx: Ctx, who: Reader, upload: Body) -> Validity:
    """Every fault and everything suspicious in an instance; nothing is stored."""
    problem, findings = inspected(upload, ctx.settings)
    return Validity(
        ok=problem is not None, digest=problem.digest if problem else None, findings=[fault_of(f) for f in findings]
    )


@router.get("", responses=refusals())
def list_all(ctx: Ctx, who: Reader, request: Request, after: After = None, limit: Limit = 50) -> Page[InstanceOut]:
    """Every instance in its newest version, by name."""
    with ctx.store.database.read() as session:
        part = list_instances(session, after, limit)
    return Page(items=list(part.items), next=next_page(request, part.last))


@router.get("/{instance_id}", responses=refusals(404))
def get(
    ctx: Ctx,
    who: Reader,
    instance_id: InstanceId,
    response: Response,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="the newest where left out")] = None,
) -> InstanceOut:
    """An instance; its ETag names the version, for If-Match when it is changed."""
    with ctx.store.database.read() as session:
        found = instance_view(session, instance_id, version)
    response.headers["ETag"] = version_tag(found.version)
    return found


@router.get("/{instance_id}/versions", responses=refusals(404))
def list_versions(
    ctx: Ctx,
    who: Reader,
    request: Request,
    instance_id: InstanceId,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Limit = 50,
) -> Page[InstanceOut]:
    """All versions of an instance, the newest first; those below `before`."""
    with ctx.store.database.read() as session:
        part = versions_of_instance(session, instance_id, before, limit)
    more = None if part.last is None else f"{request.url.path}?before={part.last}&limit={limit}"
    return Page(items=list(part.items), next=more)
