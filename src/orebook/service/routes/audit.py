"""The audit: who did what and when, the newest first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from orebook.service.routes.common import Limit, refusals
from orebook.service.store.audit import listed
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Reader
from orebook.service.web.responses import AuditOut, Page
from orebook.service.web.serializers import audit_out

router = APIRouter(prefix="/v1/audit", tags=["audit"])
Subject = Annotated[str | None, Query(max_length=200, examples=["instances/vault"])]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("", responses=refusals())
def list_all(
    ctx: Ctx,
    who: Reader,
    request: Request,
    subject: Subject = None,
    before: Before = None,
    limit: Limit = 50,
) -> Page[AuditOut]:
    """Rows with a smaller id than `before`, of one subject or all."""
    with ctx.store.database.read() as session:
        rows = listed(session, None if subject is None else subject.replace("\0", ""), before, limit + 1)
    items = audit_out(rows[:limit])
    more = request.url.include_query_params(before=items[-1].id) if len(rows) > limit else None
    return Page(items=items, next=None if more is None else f"{more.path}?{more.query}")
