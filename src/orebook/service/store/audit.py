"""The audit: who did what and when, written in the same transaction as the deed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.service.store.tables import Audit


def note(session: Session, who: str, action: str, subject: str, **detail: Any) -> None:
    """Add a row; there is no way to change or to take one away."""
    session.add(Audit(at=time.time(), who=who, action=action, subject=subject, detail=detail))


def listed(session: Session, subject: str | None, before: int | None, count: int) -> Sequence[Audit]:
    """The newest rows first, of one subject or all, those with a smaller id than `before`."""
    query = select(Audit).order_by(Audit.id.desc()).limit(count)
    if subject is not None:
        query = query.where(Audit.subject == subject)
    if before is not None:
        query = query.where(Audit.id < before)
    return session.scalars(query).all()
