"""From a grid of text to typed rows: columns known, cells of the right type, every fault named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import Entry, Sheet
from orebook.reading.cells import typed
from orebook.reading.grid import Grid, grid_of
from orebook.reading.text import fault, text_of
from orebook.schema.base import Row

R = TypeVar("R", bound=Row)


def sheet_of(path: Path, model: type[R], required: bool) -> tuple[Sheet[R], list[Finding]]:
    """The table in a file, with the faults of its text, its header and its cells."""
    file = path.name
    if not path.exists() and not required:
        return Sheet(file, model, present=False), []
    expected = ",".join(c for c, field in model.model_fields.items() if field.is_required())
    text = text_of(path, f"is missing; write one with the header {expected}")
    if isinstance(text, Finding):
        return Sheet(file, model, readable=False), [text]
    grid, found = grid_of(file, text, expected)
    if grid is None:
        return Sheet(file, model, readable=False), found
    found += _header_faults(file, grid, model)
    entries = [
        _entry(file, line, dict(zip(grid.columns, cells, strict=True)), model, found) for line, cells in grid.lines
    ]
    readable = model.KEY[0] in grid.columns and not any(f.check in _LOSES_ROWS for f in found)
    return Sheet(file, model, tuple(entries), readable=readable), found


_LOSES_ROWS = ("ragged_row", "broken_quotes", "duplicate_column")
"""Faults that keep whole rows from being read: names in them are not known, and not to be missed elsewhere."""


def _header_faults(file: str, grid: Grid, model: type[Row]) -> Iterator[Finding]:
    fields = model.model_fields
    for column, times in Counter(grid.columns).items():
        if not column:
            yield fault(file, 1, "unknown_column", "has a column without a name; name it or take it out")
        elif times > 1:
            yield fault(file, 1, "duplicate_column", f"stands {times} times in the header; keep one", column)
        elif column not in fields:
            like = suggest.nearest(column, fields.keys() - set(grid.columns))
            mend = f'did you mean "{like}"?' if like else f"it has {', '.join(fields)}"
            yield fault(file, 1, "unknown_column", f"is not a column of {file}; {mend}", column)
    for column, field in fields.items():
        if field.is_required() and column not in grid.columns:
            yield fault(file, 1, "missing_column", f"is missing from the header: {field.description}", column)


def _entry(file: str, line: int, texts: dict[str, str], model: type[R], found: list[Finding]) -> Entry[R]:
    """One row; what is wrong with it is added to `found`, and the cells concerned are left out of the entry."""
    cells = {c: text for c, text in texts.items() if text and c in model.model_fields}
    row, said_of = typed(model, cells)
    wrong = {c: said for c, said in said_of.items() if c in texts}  # the header's faults say which columns it lacks
    found += [
        Finding("fault", said.check, file, line, column, texts[column], said.message) for column, said in wrong.items()
    ]
    good = {c: text for c, text in cells.items() if c not in wrong}
    return Entry(line, good, row)
