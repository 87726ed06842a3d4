"""An instance in one JSON document as a book: `{"instance": {...}, "minerals": [{...}], ...}`.

Rows are counted as if the tables had been written: the header is row 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import HEAD_FILE, Book, Entry, Sheet, file_of
from orebook.reading.cells import readable, typed, unseen
from orebook.reading.quoting import plain
from orebook.reading.text import fault
from orebook.schema.base import Row
from orebook.schema.document import REQUIRED_TABLES, TABLES
from orebook.schema.head import Head

R = TypeVar("R", bound=Row)
HEAD = "instance"
MOST_FAULTS = 1_000
"""A document that is no instance at all has faults without end."""


def json_book(content: Mapping[str, Any]) -> tuple[Book, list[Finding]]:
    """The book of a document with all faults of its values and types."""
    found: list[Finding] = []
    head = _head(content.get(HEAD), found)
    sheets: dict[str, Sheet[Any]] = {
        table: _sheet(table, model, content.get(table), found) for table, model in TABLES.items()
    }
    known = [HEAD, *TABLES]
    for name in [name for name in content if name not in known][:MOST_FAULTS]:
        says = f"is not a table of an instance; {suggest.mend(name, known)}"
        found.append(fault(file_of(name), None, "unknown_table", says))
    return Book(head, {}, sheets), found[:MOST_FAULTS]


def _head(content: Any, found: list[Finding]) -> Head | None:
    if not isinstance(content, dict):
        found.append(
            fault(HEAD_FILE, None, "missing_table", 'is missing; give "instance" an object with name and weeks')
        )
        return None
    cells = {key: value for key, value in content.items() if value is not None}
    head, faults = _validated_head(cells)
    found += faults
    return head


def _validated_head(cells: dict[str, Any]) -> tuple[Head | None, list[Finding]]:
    """A date is a text in JSON, and nothing else is converted."""
    unknown = [
        fault(
            HEAD_FILE,
            None,
            "unknown_key",
            f"is not a key of instance; {suggest.mend(key, list(Head.model_fields))}",
            key,
        )
        for key in [key for key in cells if key not in Head.model_fields][:MOST_FAULTS]
    ]
    head, wrong = typed(Head, {k: v for k, v in cells.items() if k in Head.model_fields})
    faults = [
        Finding("fault", said.check, HEAD_FILE, None, key, _plain(cells.get(key)), said.message)
        for key, said in wrong.items()
    ]
    return (None if unknown else head), unknown + faults


def _sheet(table: str, model: type[R], rows: Any, found: list[Finding]) -> Sheet[R]:
    file = file_of(table)
    if rows is None:
        if table in REQUIRED_TABLES:
            found.append(fault(file, None, "missing_table", f'is missing; give "{table}" a list of rows'))
            return Sheet(file, model, readable=False)
        return Sheet(file, model, present=False)
    if not isinstance(rows, list):
        found.append(fault(file, None, "wrong_type", f'is no list; give "{table}" a list of rows, each an object'))
        return Sheet(file, model, readable=False)
    entries = list[Entry[R]]()
    for line, cells in enumerate(rows, start=2):
        if len(found) >= MOST_FAULTS:  # the rest is not looked at, so that it takes no time either
            return Sheet(file, model, tuple(entries), readable=False)
        if not isinstance(cells, dict):
            found.append(fault(file, line, "wrong_type", "is no object; write one key a column"))
            continue
        entries.append(_entry(file, line, cells, model, found))
    return Sheet(file, model, tuple(entries), readable=all(isinstance(cells, dict) for cells in rows))


def _entry(file: str, line: int, cells: dict[str, Any], model: type[R], found: list[Finding]) -> Entry[R]:
    fields = model.model_fields
    known = {c: cell for c, cell in cells.items() if c in fields and not _blank(cell)}
    for column in [c for c in cells if c not in fields][:MOST_FAULTS]:
        hidden = unseen(column)
        mend = hidden.message if hidden else suggest.column(column, model, cells)
        found.append(fault(file, line, "unknown_column", f"is not a column of {file}; {mend}", column))
    row, wrong = typed(model, known)
    for column, said in wrong.items():
        found.append(Finding("fault", said.check, file, line, column, _plain(cells.get(column)), said.message))
    return Entry(line, readable(known, wrong), row)


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: Any) -> str | None:
    return None if cell is None else plain(cell)[:200]
