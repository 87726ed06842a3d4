"""What a new store holds: the instances that ship with orebook."""

from __future__ import annotations

import time

from sqlalchemy import delete

from orebook.files.instances import inspect
from orebook.service.store import instances
from orebook.service.store.store import Store
from orebook.service.store.tables import IdempotentReply
from orebook.shipped import shipped

SHIPPED = ("vault", "vault-small")
WHO = "orebook"
KEPT_S = 7 * 24 * 3600.0
"""A week, for the answers kept under an Idempotency-Key."""


def first_instances(store: Store) -> None:
    """Store them where there is no instance at all."""
    with store.database.read() as session:
        if instances.any_there(session):
            return
    for name in SHIPPED:
        problem, findings = inspect(shipped("instances") / name)
        if problem is not None:
            with store.database.write() as session:
                instances.create(session, store.blobs, problem, findings, WHO, "shipped with orebook")


def forget(store: Store) -> None:
    """Drop what was answered to requests that nobody sends again any more."""
    with store.database.write() as session:
        session.execute(delete(IdempotentReply).where(IdempotentReply.at < time.time() - KEPT_S))
