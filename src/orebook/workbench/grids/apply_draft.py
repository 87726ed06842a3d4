"""A draft made to an instance's document: each table that it touches, as it shall stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from orebook.findings import Finding
from orebook.reading.text import fault
from orebook.schema.document import TABLES, Document
from orebook.service.runs.editing import Edit
from orebook.service.web.problem_details import bad_input
from orebook.workbench.grids.catalogue import PRICES
from orebook.workbench.grids.draft import Draft
from orebook.workbench.grids.grid import Key, key_of
from orebook.workbench.grids.sliders import HEAD, moved
from orebook.workbench.grids.weeks import PRICE, week_of

Line = dict[str, Any]


@dataclass
class Tables:
    """The rows of an instance by table and key, and which tables were touched."""

    lines: dict[str, dict[Key, Line]]
    head: Line = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> Tables:
        """The tables as they stand."""
        return cls(
            {
                table: {key_of(row): row.model_dump(mode="json", exclude_none=True) for row in document.rows(table)}
                for table in TABLES
            }
        )

    def edit(self, note: str) -> Edit:
        """What was touched, as an edit."""
        tables: Any = {table: list(self.lines[table].values()) for table in sorted(self.touched)}
        return Edit(tables=tables, instance=self.head, note=note)

    def set(self, table: str, key: Key, column: str, value: Any) -> Iterator[Finding]:
        """Write a cell; None takes out what stands there."""
        line = self.lines.get(table, {}).get(key)
        if line is None or column not in TABLES[table].model_fields:
            says = f'has no row "{"/".join(key)}"' if line is None else f"has no column {column}"
            yield fault(table, None, "unknown_cell", f"{says}; someone may have taken it out")
            return
        self.touched.add(table)
        line.pop(column, None)
        if value is not None:
            line[column] = value


def applied(document: Document, draft: Draft) -> Tables:
    """The tables after a draft: sliders first, then rows, then cells. Raises ProblemError 422 for what is not there."""
    tables, found = Tables.of(document), list[Finding]()
    for table, key, column, _was, value in moved(document, draft.levers):
        if table == HEAD:
            tables.head[column] = value
        else:
            found += tables.set(table, key, column, value)
    for out in draft.removed:
        tables.touched.add(out.grid)
        tables.lines.get(out.grid, {}).pop(out.key, None)
    for row in draft.added:
        if row.grid in TABLES:
            tables.touched.add(row.grid)
            tables.lines[row.grid][row.key] = {c: text for c, text in row.cells.items() if text.strip()}
    for cell in draft.cells:
        found += _cell(tables, cell.grid, cell.key, cell.column, cell.text.strip() or None)
    if found:
        raise bad_input(found, "The changes do not fit")
    return tables


def _cell(tables: Tables, grid: str, key: Key, column: str, text: str | None) -> Iterator[Finding]:
    if grid != PRICES:
        yield from tables.set(grid, key, column, text)
        return
    week = week_of(column)
    if week is None:
        yield from tables.set("minerals", key, column, text)
        return
    tables.touched.add(PRICES)
    listed = (*key, str(week))
    tables.lines[PRICES].pop(listed, None)
    if text is not None:
        tables.lines[PRICES][listed] = {"mineral": key[0], "week": week, PRICE: text}
