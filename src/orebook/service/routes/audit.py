"""The audit: who did what and when, the newest first."""

from __future__ import annotations

from fastapi import APIRouter, Request

from orebook.service.actions.audit import list_audit
from orebook.service.routes.common import refusals
from orebook.service.views.models import AuditOut
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import Before, Limit, Subject
from orebook.service.web.permissions import Reader
from orebook.service.web.responses import Page

router = APIRouter(prefix="/v1/audit", tags=["audit"])


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
        part = list_audit(session, subject, before, limit)
    more = None if part.last is None else request.url.include_query_params(before=part.last)
    return Page(items=list(part.items), next=None if more is None else f"{more.path}?{more.query}")
