"""The audit: who did what and when, written in the same transaction as the deed.

Each row has a hash of what it says and of the hash before it: whoever changes, drops or adds one in between has to make every
later hash anew, and whoever kept one of those, as a copy or in a log, sees it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from orebook.service.store.tables import Audit
from orebook.service.times import moment

LOCK = 0x6F726561
"""The advisory lock under which PostgreSQL adds rows one after the other; SQLite has one writer at a time."""
AT_ONCE = 1_000


def note(session: Session, who: str, action: str, subject: str, **detail: Any) -> None:
    """Add a row; there is no way to change or to take one away."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.flush()
    last = session.execute(select(Audit.id, Audit.hash).order_by(Audit.id.desc()).limit(1)).first()
    row_id, before = (1, "") if last is None else (last[0] + 1, last[1] or "")
    row = Audit(id=row_id, at=time.time(), who=who, action=action, subject=subject, detail=detail)
    row.hash = hash_of(row, before)
    session.add(row)
    session.flush()


def hash_of(row: Audit, before: str) -> str:
    """Of a row as the API shows it, after the row with the hash `before`; blank for the first."""
    said = [before, row.id, moment(row.at), row.who, row.action, row.subject, row.detail]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def listed(session: Session, subject: str | None, before: int | None, count: int) -> Sequence[Audit]:
    """The newest rows first, of one subject or all, those with a smaller id than `before`."""
    query = select(Audit).order_by(Audit.id.desc()).limit(count)
    if subject is not None:
        query = query.where(Audit.subject == subject)
    if before is not None:
        query = query.where(Audit.id < before)
    return session.scalars(query).all()


def whole(session: Session) -> Iterator[Audit]:
    """Every row, the oldest first, some at a time."""
    last = 0
    while rows := session.scalars(select(Audit).where(Audit.id > last).order_by(Audit.id).limit(AT_ONCE)).all():
        yield from rows
        last = rows[-1].id


def broken_at(session: Session) -> int | None:
    """The id of the first row that does not follow from the one before it; None where the chain holds.

    Rows from before there were hashes stand at the begin.
    """
    before: Audit | None = None
    for row in whole(session):
        chained = before is not None and before.hash is not None
        if row.hash is None:
            if chained:
                return row.id
        elif row.hash != hash_of(row, (before.hash if before else None) or "") or (before and row.id != before.id + 1):
            return row.id
        before = row
    return None
