"""The audit: who did what and when."""

from __future__ import annotations

from sqlalchemy.orm import Session

from orebook.service.actions.part import Part
from orebook.service.store.audit import listed
from orebook.service.views.models import AuditOut
from orebook.service.views.serializers import audit_out


def list_audit(session: Session, subject: str | None, before: int | None, limit: int) -> Part[AuditOut, int]:
    """Rows, the newest first, of one subject or all, those with a smaller id than `before`."""
    rows = listed(session, None if subject is None else subject.replace("\0", ""), before, limit + 1)
    items = audit_out(rows[:limit])
    return Part(items, items[-1].id if len(rows) > limit else None)
