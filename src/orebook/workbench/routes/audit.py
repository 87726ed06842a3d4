"""The audit: who did what, when, and which plan was approved by whom."""

from __future__ import annotations

from fastapi import Request, Response

from orebook.service.routes import audit as api
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Reader
from orebook.workbench.pages import router as pages
from orebook.workbench.pages import shown

router = pages()
MAX_ENTRIES_LISTED = 100


@router.get("/audit")
def list_all(
    ctx: Ctx,
    who: Reader,
    request: Request,
    subject: api.Subject = None,
    before: api.Before = None,
) -> Response:
    """The newest rows, of one subject or all; those before them a page further."""
    found = api.list_all(ctx, who, request, subject, before, MAX_ENTRIES_LISTED)
    return shown(request, "audit.html.j2", rows=found.items, subject=subject, more=found.next)
