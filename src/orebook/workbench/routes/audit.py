"""The audit: who did what, when, and which plan was approved by whom."""

from __future__ import annotations

from fastapi import Request, Response

from orebook.service.actions.audit import list_audit
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import Before, Subject
from orebook.service.web.permissions import Reader
from orebook.workbench.pages import rendered
from orebook.workbench.pages import router as pages

router = pages()
MAX_ENTRIES_LISTED = 100


@router.get("/audit")
def list_all(
    ctx: Ctx,
    who: Reader,
    request: Request,
    subject: Subject = None,
    before: Before = None,
) -> Response:
    """The newest rows, of one subject or all; those before them a page further."""
    with ctx.store.database.read() as session:
        part = list_audit(session, subject, before, MAX_ENTRIES_LISTED)
    more = None if part.last is None else request.url.include_query_params(before=part.last)
    next_page = None if more is None else f"{more.path}?{more.query}"
    return rendered(request, "audit.html.j2", rows=part.items, subject=subject, more=next_page)
