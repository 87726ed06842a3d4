"""Instances: stored under a name of their own, looked at, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from orebook.findings import Finding
from orebook.problem import Problem
from orebook.schema.document import Document
from orebook.service.actions.part import Part
from orebook.service.context import Context
from orebook.service.errors import ConflictError
from orebook.service.runs.documents import document
from orebook.service.runs.lookups import find_version
from orebook.service.runs.uploads import Upload, accepted, refuse_large
from orebook.service.store import instances
from orebook.service.store.tables import Instance
from orebook.service.views.models import InstanceOut
from orebook.service.views.serializers import instance_out, instances_out


@dataclass(frozen=True)
class CheckedInstance:
    """An instance without faults, of a size that the service takes, and its warnings; its document is kept already."""

    problem: Problem
    findings: Sequence[Finding]

    @classmethod
    def of(cls, ctx: Context, problem: Problem, findings: Sequence[Finding]) -> CheckedInstance:
        """Check its size and keep its document, before the store is locked for others. Raises TooLargeError."""
        refuse_large(problem, ctx.settings)
        instances.keep(ctx.store.blobs, problem)
        return cls(problem, findings)


def check_upload(ctx: Context, upload: Upload) -> CheckedInstance:
    """The instance that was brought. Raises UnusableError with every fault, and TooLargeError."""
    return CheckedInstance.of(ctx, *accepted(upload, ctx.settings))


def create_instance(session: Session, ctx: Context, checked: CheckedInstance, who: str, note: str) -> InstanceOut:
    """Store an instance as version 1 under its name. Raises ConflictError where the name is taken."""
    taken = instances.slug(checked.problem.name)
    if session.get(Instance, taken) is not None:
        says = f"There is an instance {taken} already; add a version at /v1/instances/{taken}/versions."
        raise ConflictError("name-taken", "The name is taken", says)
    version = instances.create(session, ctx.store.blobs, checked.problem, checked.findings, who, note)
    session.flush()
    return instance_view(session, version.instance_id)


def instance_view(session: Session, instance_id: str, number: int | None = None) -> InstanceOut:
    """An instance in a version, the newest where None. Raises MissingError."""
    version = find_version(session, instance_id, number)
    return instance_out(session, session.get_one(Instance, instance_id), version)


def read_document(session: Session, ctx: Context, instance_id: str, number: int | None = None) -> tuple[Document, int]:
    """The document of a version, the newest where None, and the version's number. Raises MissingError."""
    version = find_version(session, instance_id, number)
    return document(ctx.store.blobs, version.document), version.number


def list_instances(session: Session, after: str | None, limit: int) -> Part[InstanceOut, str]:
    """Every instance in its newest version by name, those after the name `after`."""
    rows = instances.listed(session, after, limit + 1)
    items = instances_out(session, rows[:limit])
    return Part(items, items[-1].id if len(rows) > limit else None)


def list_versions(session: Session, instance_id: str, before: int | None, limit: int) -> Part[InstanceOut, int]:
    """The versions of an instance, the newest first, those below the number `before`. Raises MissingError."""
    find_version(session, instance_id)
    rows = instances.versions(session, instance_id, before, limit + 1)
    instance = session.get_one(Instance, instance_id)
    items = instances_out(session, [(instance, version) for version in rows[:limit]])
    return Part(items, items[-1].version if len(rows) > limit else None)
