"""A workbook or zip: as an instance of its own, or as the next version of one; what it changed is shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from orebook.service.actions.instances import check_upload, create_instance, instance_view
from orebook.service.actions.versions import ExpectedVersion, add_version, version_differences
from orebook.service.web.body import Body
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import InstanceId, Number
from orebook.service.web.permissions import Planner, Reader
from orebook.workbench.pages import redirected, rendered
from orebook.workbench.pages import router as pages

router = pages()
NOTE = "uploaded"


@router.post("/upload")
def create(ctx: Ctx, who: Planner, request: Request, upload: Body) -> Response:
    """A new instance."""
    checked = check_upload(ctx, upload)
    with ctx.store.database.write() as session:
        made = create_instance(session, ctx, checked, who.name, NOTE)
    return redirected(request, f"/instances/{made.id}")


@router.post("/instances/{instance_id}/upload")
def add(
    ctx: Ctx,
    who: Planner,
    request: Request,
    instance_id: InstanceId,
    upload: Body,
    version: Annotated[int, Query(ge=1, le=2**31 - 1)],
) -> Response:
    """The next version after the one that the page showed; another's, kept meanwhile, is not overwritten."""
    checked = check_upload(ctx, upload)
    expected = ExpectedVersion.only(version)
    with ctx.store.database.write() as session:
        made = add_version(session, ctx, instance_id, expected, checked, who.name, NOTE)
    return redirected(request, f"/instances/{instance_id}/changes/{made.version}")


@router.get("/instances/{instance_id}/changes/{number}")
def changes(ctx: Ctx, who: Reader, request: Request, instance_id: InstanceId, number: Number) -> Response:
    """What a version changed of the one before."""
    with ctx.store.database.read() as session:
        found = version_differences(session, ctx, instance_id, max(1, number - 1), number)
        instance = instance_view(session, instance_id, number)
    return rendered(request, "changes.html.j2", instance=instance, differs=found.differs)
