"""An instance as its files say it: typed rows that know their line, also where other rows could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel

from orebook.findings import Finding, Severity
from orebook.reading.quoting import plain
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document
from orebook.schema.head import Head

R = TypeVar("R", bound=Row)

HEAD_FILE = "instance.toml"
HEAD_TITLE = "Instance"


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A row of a table. `line` counts as a spreadsheet does: the header is row 1.

    `cells` are the cells that hold something and have no fault of their own; `row` is None where any cell has one.
    """

    line: int
    cells: Mapping[str, Any]
    row: R | None


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """A table: `present` where there is a file of it, `readable` where that has lines with the columns they need."""

    file: str
    model: type[R]
    entries: tuple[Entry[R], ...] = ()
    present: bool = True
    readable: bool = True

    def rows(self) -> list[tuple[Entry[R], R]]:
        """The entries without a fault, each with its row."""
        return [(e, e.row) for e in self.entries if e.row is not None]

    def names(self, column: str) -> list[str]:
        """What a column of names says, once each and sorted, rows with faults in other cells included."""
        return sorted({e.cells[column] for e in self.entries if column in e.cells})

    def key_of(self, entry: Entry[R]) -> tuple[Any, ...] | None:
        """The entry's key with its numbers as numbers; None where a fault in it leaves the key unknown."""
        if entry.row is not None:
            return entry.row.key()
        if not all(c in entry.cells for c in self.model.KEY):
            return None
        numeric = numeric_columns(self.model)
        return tuple(float(entry.cells[c]) if c in numeric else entry.cells[c] for c in self.model.KEY)

    def fault(self, check: str, entry: Entry[Any] | None, column: str | None, message: str) -> Finding:
        """A fault of a cell, a row (no column) or the whole file (no entry); the value is taken from the cell."""
        return self._finding("fault", check, entry, column, message)

    def warning(self, check: str, entry: Entry[Any] | None, column: str | None, message: str) -> Finding:
        """A warning, placed as a fault is."""
        return self._finding("warning", check, entry, column, message)

    def _finding(
        self, severity: Severity, check: str, entry: Entry[Any] | None, column: str | None, message: str
    ) -> Finding:
        value = entry.cells.get(column) if entry and column else None
        return Finding(
            severity=severity,
            check=check,
            file=self.file,
            row=entry.line if entry else None,
            column=column,
            value=None if value is None else plain(value),
            message=message,
        )


@dataclass(frozen=True, slots=True)
class Book:
    """All of an instance. `head` is None where instance.toml has a fault; `head_lines` has the line of each key.

    Of a workbook `letters` has, by sheet, the letter of each column; a key of the head counts as a column. `calendar` has
    the plan's start and weeks also where another of its scalars has a fault, if they are known.
    """

    head: Head | None
    head_lines: Mapping[str, int]
    sheets: Mapping[str, Sheet[Any]]
    head_file: str = HEAD_FILE
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    calendar: Head | None = None

    def sheet(self, model: type[R]) -> Sheet[R]:
        """The table whose rows are of that model."""
        return self.sheets[_TABLE_OF[model]]

    def head_warning(self, check: str, key: str, message: str) -> Finding:
        """A warning about a key of instance.toml."""
        return self._head_finding("warning", check, key, message)

    def head_fault(self, check: str, key: str, message: str) -> Finding:
        """A fault of a key of instance.toml."""
        return self._head_finding("fault", check, key, message)

    def _head_finding(self, severity: Severity, check: str, key: str, message: str) -> Finding:
        value = getattr(self.head, key, None)
        text = None if value is None else plain(value)
        return Finding(severity, check, self.head_file, self.head_lines.get(key), key, text, message)

    def placed(self, finding: Finding) -> Finding:
        """The finding with its cell, where it is about one of a workbook; a whole row goes by its first."""
        letters = self.letters.get(finding.file, {})
        letter = letters.get(finding.column) if finding.column else next(iter(letters.values()), None)
        if finding.cell or finding.row is None or letter is None:
            return finding
        return replace(finding, cell=f"{finding.file}!{letter}{finding.row}")

    def document(self) -> Document:
        """The document of a book without faults."""
        tables = {
            table: tuple(row for _, row in sheet.rows()) if sheet.present else None
            for table, sheet in self.sheets.items()
        }
        return Document.model_validate({"instance": self.head, **tables})

    @classmethod
    def of(cls, document: Document) -> Book:
        """The book of a document that came from elsewhere than files; rows are counted as if it had been written."""
        sheets = {
            table: Sheet(
                file_of(table),
                model,
                tuple(
                    Entry(line, row.model_dump(exclude_none=True), row)
                    for line, row in enumerate(document.rows(table), start=2)
                ),
                present=getattr(document, table) is not None,
            )
            for table, model in TABLES.items()
        }
        return cls(document.instance, {}, sheets)


_TABLE_OF: dict[type[Any], str] = {model: table for table, model in TABLES.items()}


@cache
def numeric_columns(model: type[BaseModel]) -> frozenset[str]:
    """The columns of a table, or keys of instance.toml, that hold numbers."""
    return frozenset(c for c, field in model.model_fields.items() if holds(field.annotation, int, float))


def holds(annotation: Any, *types: type[Any]) -> bool:
    """Whether a column of that annotation may hold one of these types."""
    return annotation in types or any(holds(a, *types) for a in get_args(annotation))


def file_of(table: str) -> str:
    """The file of a table."""
    return f"{table}.csv"


def title_of(table: str) -> str:
    """The sheet of a table in a workbook."""
    return table.capitalize()
