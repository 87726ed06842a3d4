"""Instances in the store: each a row of versions that are added and never changed."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orebook.findings import Finding
from orebook.problem import Problem
from orebook.schema.document import TABLES
from orebook.service.store.audit import note as audit
from orebook.service.store.blobs import Blobs
from orebook.service.store.tables import Instance, Version

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """An instance's name as it stands in addresses: small letters, digits and hyphens."""
    return _NOT_PLAIN.sub("-", name.lower()).strip("-")[:60] or "instance"


def latest(session: Session, instance_id: str) -> Version | None:
    """The newest version of an instance."""
    instance = session.get(Instance, instance_id)
    return None if instance is None else session.get(Version, (instance_id, instance.version))


def create(
    session: Session,
    blobs: Blobs,
    problem: Problem,
    findings: Sequence[Finding],
    who: str,
    note: str,
    named: str | None = None,
) -> Version:
    """An instance with its first version, under an id that is not taken; of its name where none is given."""
    instance_id = named or slug(problem.name)
    session.add(Instance(id=instance_id, name=problem.name, title=problem.title, version=0, at=time.time()))
    session.flush()
    return add(session, blobs, instance_id, problem, findings, who, note)


def add(
    session: Session, blobs: Blobs, instance_id: str, problem: Problem, findings: Sequence[Finding], who: str, note: str
) -> Version:
    """A new version of an instance that is there, after its newest one."""
    instance = session.get_one(Instance, instance_id, with_for_update=True)
    before = session.get(Version, (instance_id, instance.version))
    version = Version(
        instance_id=instance_id,
        number=instance.version + 1,
        digest=problem.digest,
        document=keep(blobs, problem),
        findings=[f.as_json() for f in findings],
        size=size_of(problem),
        note=note,
        by=who,
        at=time.time(),
    )
    instance.version, instance.name, instance.title = version.number, problem.name, problem.title
    session.add(version)
    audit(
        session,
        who,
        "instance.version",
        f"instances/{instance_id}",
        version=version.number,
        digest=version.digest,
        was=None if before is None else before.digest,
        note=note,
    )
    return version


def keep(blobs: Blobs, problem: Problem) -> str:
    """Keep an instance's document, and its hash; done before the store is locked, it costs others no time."""
    return blobs.put(problem.document.model_dump_json(exclude_none=True).encode())


def size_of(problem: Problem) -> dict[str, Any]:
    """How many weeks an instance has, and rows in each table that it has."""
    document = problem.document
    rows = {table: len(document.rows(table)) for table in TABLES if getattr(document, table) is not None}
    return {"weeks": problem.weeks, **rows}


def listed(session: Session, after: str | None, count: int) -> Sequence[tuple[Instance, Version]]:
    """Instances by name, each with its newest version."""
    query = (
        select(Instance, Version)
        .join(Version, (Version.instance_id == Instance.id) & (Version.number == Instance.version))
        .order_by(Instance.id)
        .limit(count)
    )
    if after is not None:
        query = query.where(Instance.id > after)
    return [(instance, version) for instance, version in session.execute(query)]


def versions(session: Session, instance_id: str, before: int | None, count: int) -> Sequence[Version]:
    """The versions of an instance, the newest first."""
    query = select(Version).where(Version.instance_id == instance_id).order_by(Version.number.desc()).limit(count)
    if before is not None:
        query = query.where(Version.number < before)
    return session.scalars(query).all()


def any_there(session: Session) -> bool:
    """Whether the store has an instance."""
    return bool(session.scalar(select(func.count()).select_from(Instance)))
