"""New versions of an instance: a whole one, or an edit; and what differs between two. Nobody overwrites another's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from orebook.findings import Finding
from orebook.problem import Problem
from orebook.schema.document import TABLES, Document
from orebook.service.actions.instances import CheckedInstance, instance_view, read_document
from orebook.service.context import Context
from orebook.service.errors import StaleVersionError
from orebook.service.runs.aside import aside
from orebook.service.runs.documents import document
from orebook.service.runs.editing import Edit, apply_edit, first_differences
from orebook.service.runs.lookups import find_version
from orebook.service.store import instances
from orebook.service.store.tables import Version
from orebook.service.views.models import Differences, InstanceOut

SMALL_ROWS = 1_000
"""Rows and cells up to which an edit takes no process of its own."""


@dataclass(frozen=True)
class ExpectedVersion:
    """The versions, any where None, of which one has to be the newest; `read` is the one that the caller has seen."""

    numbers: frozenset[int] | None
    read: int | None

    @classmethod
    def only(cls, number: int) -> ExpectedVersion:
        """This one and no other."""
        return cls(frozenset({number}), number)

    def allows(self, newest: int) -> bool:
        """Whether a change may be made to the newest version."""
        return self.numbers is None or newest in self.numbers


@dataclass(frozen=True)
class PreparedEdit:
    """An edit of a version, made and checked, and not stored yet."""

    instance_id: str
    base: int
    checked: CheckedInstance
    note: str


def add_version(
    session: Session,
    ctx: Context,
    instance_id: str,
    expected: ExpectedVersion,
    checked: CheckedInstance,
    who: str,
    note: str,
) -> InstanceOut:
    """Store a whole instance as the next version. Raises MissingError, and StaleVersionError where it has another one."""
    _newest(session, ctx, instance_id, expected)
    version = instances.add(session, ctx.store.blobs, instance_id, checked.problem, checked.findings, who, note)
    session.flush()
    return instance_view(session, instance_id, version.number)


def prepare_edit(ctx: Context, instance_id: str, expected: ExpectedVersion, edit: Edit) -> PreparedEdit:
    """Make an edit of the newest version before the store is locked for others, which a large one would keep waiting.

    Raises MissingError, StaleVersionError, UnusableError with every fault, and TooLargeError.
    """
    with ctx.store.database.read() as session:
        newest = _newest(session, ctx, instance_id, expected)
    checked = CheckedInstance.of(ctx, *edited(ctx, document(ctx.store.blobs, newest.document), edit))
    return PreparedEdit(instance_id, newest.number, checked, edit.note)


def edited(ctx: Context, content: Document, edit: Edit) -> tuple[Problem, list[Finding]]:
    """The instance after an edit, with its warnings; a large one is made in a process of its own. Raises as `apply_edit`."""
    rows = sum(map(len, (content.rows(table) for table in TABLES)))
    rows += len(edit.cells) + sum(len(table or ()) for table in edit.tables.values())
    return apply_edit(content, edit) if rows <= SMALL_ROWS else aside(ctx.settings, apply_edit, content, edit)


def store_edit(session: Session, ctx: Context, edit: PreparedEdit, who: str) -> InstanceOut:
    """Store it as the next version. Raises StaleVersionError where another one came meanwhile."""
    expected = ExpectedVersion.only(edit.base)
    return add_version(session, ctx, edit.instance_id, expected, edit.checked, who, edit.note)


def version_differences(
    session: Session, ctx: Context, instance_id: str, old: int, new: int | None = None
) -> Differences:
    """What changed from a version to another, the newest where None. Raises MissingError."""
    before, was = read_document(session, ctx, instance_id, old)
    after, now = read_document(session, ctx, instance_id, new)
    return Differences(of=was, to=now, differs=first_differences(before, after))


def _newest(session: Session, ctx: Context, instance_id: str, expected: ExpectedVersion) -> Version:
    newest = find_version(session, instance_id)
    if expected.allows(newest.number):
        return newest
    old = None if expected.read is None else session.get(Version, (instance_id, expected.read))
    read = None if old is None else document(ctx.store.blobs, old.document)
    differs = [] if read is None else first_differences(read, document(ctx.store.blobs, newest.document))
    says = f"It is at version {newest.number} now, by {newest.by}; read it again and make your changes to that."
    raise StaleVersionError(says, newest.number, differs)
