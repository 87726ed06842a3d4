"""A workbook or zip: as an instance of its own, or as the next version of one; what it changed is shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from orebook.service.routes import instances as api
from orebook.service.routes import versions
from orebook.service.routes.common import InstanceId, Number
from orebook.service.routes.solve import answer_of
from orebook.service.web.body import Body
from orebook.service.web.context import Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.permissions import Planner, Reader
from orebook.workbench.pages import moved, shown
from orebook.workbench.pages import router as pages

router = pages()


@router.post("/upload")
def create(ctx: Ctx, who: Planner, request: Request, upload: Body) -> Response:
    """A new instance."""
    made = answer_of(api.create(ctx, who, upload, None, "uploaded"))  # type: ignore[arg-type]
    return moved(request, f"/instances/{made['id']}")


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
    made = answer_of(versions.add(ctx, who, instance_id, upload, None, version_tag(version), "uploaded"))  # type: ignore[arg-type]
    return moved(request, f"/instances/{instance_id}/changes/{made['version']}")


@router.get("/instances/{instance_id}/changes/{number}")
def changes(ctx: Ctx, who: Reader, request: Request, instance_id: InstanceId, number: Number) -> Response:
    """What a version changed of the one before."""
    found = versions.get_differences(ctx, who, instance_id, max(1, number - 1), number)
    instance = api.get(ctx, who, instance_id, Response(), number)
    return shown(request, "changes.html.j2", instance=instance, differs=found.differs)
