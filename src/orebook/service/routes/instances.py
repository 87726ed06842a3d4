"""Instances: made from JSON, a zipped folder or a workbook; changed by new versions; shown whole and table by table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from orebook.service.routes.common import After, InstanceId, Limit, next_page, refusals
from orebook.service.runs.uploads import accepted, inspected
from orebook.service.store import instances
from orebook.service.store.tables import Instance, Version
from orebook.service.web.body import EXAMPLE, Body, described
from orebook.service.web.context import Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.idempotency import Asked, KeyHeader, once
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.problem_details import ProblemError, fault_of, not_found
from orebook.service.web.responses import InstanceOut, Page, Validity
from orebook.service.web.serializers import instance_out, instances_out

router = APIRouter(prefix="/v1/instances", tags=["instances"])
Note = Annotated[str, Query(max_length=500, description="for the audit: why")]


@router.post("", status_code=201, openapi_extra=described(EXAMPLE), responses=refusals(409, 413, 415))
def create(ctx: Ctx, who: Planner, upload: Body, key: KeyHeader = None, note: Note = "") -> InstanceOut:
    """Store an instance that is not there yet, as its version 1."""
    problem, findings = accepted(upload, ctx.settings)
    instances.keep(ctx.store.blobs, problem)
    with ctx.store.database.write() as session:

        def make() -> tuple[int, dict[str, object]]:
            taken = instances.slug(problem.name)
            if session.get(Instance, taken) is not None:
                says = f"There is an instance {taken} already; add a version at /v1/instances/{taken}/versions."
                raise ProblemError(409, "name-taken", "The name is taken", says)
            version = instances.create(session, ctx.store.blobs, problem, findings, who.name, note)
            session.flush()
            return made(session, version)

        return once(session, Asked(who, key, b"create" + upload.content), make)  # type: ignore[return-value]


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
        rows = instances.listed(session, after, limit + 1)
        items = instances_out(session, rows[:limit])
    return Page(items=items, next=next_page(request, items[-1].id if len(rows) > limit else None))


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
        found = found_version(session, instance_id, version)
        response.headers["ETag"] = version_tag(found.number)
        return instance_out(session, session.get_one(Instance, instance_id), found)


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
        found_version(session, instance_id, None)
        rows = instances.versions(session, instance_id, before, limit + 1)
        instance = session.get_one(Instance, instance_id)
        items = instances_out(session, [(instance, version) for version in rows[:limit]])
    more = f"{request.url.path}?before={items[-1].version}&limit={limit}" if len(rows) > limit else None
    return Page(items=items, next=more)


def found_version(session: Session, instance_id: str, version: int | None) -> Version:
    """A version of an instance, the newest where None. Raises ProblemError 404."""
    newest = instances.latest(session, instance_id)
    if newest is None:
        raise not_found(f"The instance {instance_id}")
    if version is None or version == newest.number:
        return newest
    found = session.get(Version, (instance_id, version))
    if found is None:
        raise not_found(f"Version {version} of the instance {instance_id}")
    return found


def made(session: Session, version: Version) -> tuple[int, dict[str, object]]:
    """A version that was just stored, as the answer of the request."""
    instance = session.get_one(Instance, version.instance_id)
    content = instance_out(session, instance, version).model_dump(mode="json")
    return 201, {**content, "at_path": f"instances/{instance.id}"}
