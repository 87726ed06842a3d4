"""Changes made to a document, in order; the result is checked as any input is, and a fault is laid at its change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from orebook.changes.change import Change, RowRemoval
from orebook.changes.rows import key_text
from orebook.changes.steps import step
from orebook.checks import faults
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.book import HEAD_FILE, Book
from orebook.schema.document import TABLES, Document

_LEFT_BEHIND = ("unknown_name", "unknown_place")


def apply(document: Document, changes: Iterable[Change]) -> Document:
    """The document with the changes made one after the other; `rules.NAME=off` leaves a document as it is.

    Raises InputError for the first change that names nothing, or whose value does not fit its cell; where every
    change can be made and the tables then do not fit together, with every fault, each laid at its change.

    A row added to a table that was missing is its only row, and what the missing table stood for no longer holds:
    the budget is not free from week 1 after a first row of `releases`, `store` is no site after one of `sites`, and
    `cash` no source after one of `funding`; a first row of `targets` replaces its own mineral's target alone.
    """
    listed = tuple(changes)
    changed = reduce(step, listed, document)
    if faults(Book.of(changed)):
        raise InputError(blamed(document, listed))
    return changed


def blamed(document: Document, changes: Sequence[Change]) -> list[Finding]:
    """The faults after the last change; one that a later change mends is none."""
    brought: dict[Finding, Change] = {}
    for change in changes:
        document = step(document, change)
        found = [_addressed(f, document) for f in faults(Book.of(document))]
        brought = {f: brought.get(f, change) for f in found}
    return list(dict.fromkeys(_laid_at(change, f) for f, change in brought.items()))


def _addressed(finding: Finding, document: Document) -> Finding:
    """The finding with the address of its row or cell as its file."""
    stem = "instance" if finding.file == HEAD_FILE else finding.file.removesuffix(".csv")
    row = None if finding.row is None or stem == "instance" else document.rows(stem)[finding.row - 2]
    parts = [stem if row or stem == "instance" else finding.file, key_text(row) if row else None, finding.column]
    return replace(finding, file=".".join(p for p in parts if p), row=None, column=None)


def _laid_at(change: Change, finding: Finding) -> Finding:
    place = "" if change.text.startswith(f"{finding.file}=") else f"{finding.file}: "
    says = f"{place}{finding.message}"
    if isinstance(change, RowRemoval) and finding.check in _LEFT_BEHIND:
        says = _left_behind(finding.file, finding.value or "")
    return replace(finding, file=change.text, message=says)


def _left_behind(address: str, name: str) -> str:
    """What a table that still names a row taken out needs; the same for every row of it."""
    table, column = address.partition(".")[0], address.rpartition(".")[2]
    key = TABLES[table].KEY
    rows = f"{table}[{column}={name}]"
    mend = f"bar the {column} with origins.{name}.barred=yes instead" if column == "origin" else ""
    if column in key:
        rows = f"{table}.{'/'.join(name if c == column else '*' for c in key)}"
        mend = mend or f"take those rows out with {rows}=none"
    elif not TABLES[table].model_fields[column].is_required():
        mend = mend or f"leave it blank with {rows}.{column}=none"
    return f'{table}.csv still names "{name}" as {column}; write another there with {rows}.{column}=NAME, or {mend}'
