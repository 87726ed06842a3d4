"""The audit: who did what and when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy.orm import Session

from orebook.service.actions.part import Part
from orebook.service.context import Context
from orebook.service.store.audit import listed, whole
from orebook.service.store.tables import Audit
from orebook.service.views.models import AuditOut
from orebook.service.views.serializers import audit_out


def whole_audit(ctx: Context) -> Iterator[str]:
    """Every row, the oldest first, as a line of JSON each, some at a time."""
    with ctx.store.database.snapshot() as session:
        for rows in batched(whole(session)):
            yield "".join(row.model_dump_json() + "\n" for row in audit_out(rows))


def batched(rows: Iterator[Audit], size: int = 500) -> Iterator[list[Audit]]:
    """So many at a time."""
    while some := list(islice(rows, size)):
        yield some


def list_audit(session: Session, subject: str | None, before: int | None, limit: int) -> Part[AuditOut, int]:
    """Rows, the newest first, of one subject or all, those with a smaller id than `before`."""
    rows = listed(session, None if subject is None else subject.replace("\0", ""), before, limit + 1)
    items = audit_out(rows[:limit])
    return Part(items, items[-1].id if len(rows) > limit else None)
