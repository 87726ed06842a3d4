"""From a grid of text to typed rows: columns known, cells of the right type, every fault named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import Entry, Sheet
from orebook.reading.cells import readable, typed, unseen
from orebook.reading.grid import Content, Grid, Unread, grid_of
from orebook.reading.text import fault, text_of
from orebook.schema.base import Row

R = TypeVar("R", bound=Row)


def sheet_of(path: Path, model: type[R], required: bool) -> tuple[Sheet[R], list[Finding]]:
    """The table in a file, with the faults of its text, its header and its cells."""
    file = path.name
    if not path.exists() and not required:
        return Sheet(file, model, present=False), []
    expected = header_of(model)
    text = text_of(path, f"is missing; write one with the header {expected}")
    if isinstance(text, Finding):
        return Sheet(file, model, readable=False), [text]
    grid, found = grid_of(file, text, expected)
    if grid is None:
        return Sheet(file, model, readable=False), found
    return rows_of(file, grid, model, found), found


def header_of(model: type[Row]) -> str:
    """The columns that a table must have, as a header."""
    return ",".join(c for c, field in model.model_fields.items() if field.is_required())


def rows_of(file: str, grid: Grid, model: type[R], found: list[Finding]) -> Sheet[R]:
    """The table in a grid; `found` has the faults of its text, and those of its header and cells are added."""
    found += _header_faults(file, grid, model)
    entries = [
        _entry(file, line, dict(zip(grid.columns, cells, strict=True)), model, found) for line, cells in grid.lines
    ]
    readable = _all_named(grid, model.KEY[0]) and not any(f.check in _LOSES_ROWS for f in found)
    return Sheet(file, model, tuple(entries), readable=readable)


def _all_named(grid: Grid, column: str) -> bool:
    """Whether that column of names is there, and none of its cells was unreadable."""
    if column not in grid.columns:
        return False
    place = grid.columns.index(column)
    return not any(isinstance(cells[place], Unread) for _, cells in grid.lines)


_LOSES_ROWS = ("ragged_row", "broken_quotes", "duplicate_column", "merged_cells")
"""Faults that keep whole rows from being read: names in them are not known, and not to be missed elsewhere."""


def _header_faults(file: str, grid: Grid, model: type[Row]) -> Iterator[Finding]:
    fields = model.model_fields
    for column, times in Counter(grid.columns).items():
        if not column:
            yield fault(file, grid.header, "unknown_column", "has a column without a name; name it or take it out")
        elif times > 1:
            yield fault(file, grid.header, "duplicate_column", f"stands {times} times in the header; keep one", column)
        elif column not in fields:
            hidden = unseen(column)
            mend = hidden.message if hidden else suggest.column(column, model, grid.columns)
            yield fault(file, grid.header, "unknown_column", f"is not a column of {file}; {mend}", column)
    for column, field in fields.items():
        if field.is_required() and column not in grid.columns:
            yield fault(file, grid.header, "missing_column", f"is missing from the header: {field.description}", column)


def _entry(file: str, line: int, texts: dict[str, Content], model: type[R], found: list[Finding]) -> Entry[R]:
    """One row; what is wrong with it is added to `found`, and the cells concerned are left out of the entry."""
    known = {c: text for c, text in texts.items() if text and c in model.model_fields}
    row, wrong = typed(model, known)
    wrong = {c: said for c, said in wrong.items() if c in texts}  # the header's faults say which columns it lacks
    for column, said in wrong.items():
        text = texts[column]
        value = text.shown if isinstance(text, Unread) else text
        found.append(Finding("fault", said.check, file, line, column, value, said.message))
    return Entry(line, readable(known, wrong), row)
