"""An instance edited: cells, rows, whole tables or changes of the what-if language, made to its document."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

from pydantic import Field, JsonValue

from orebook.changes.differences import differences
from orebook.files.instances import inspect_json
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.schema.base import Frozen, Row
from orebook.schema.document import TABLES, Document
from orebook.service.errors import bad_input
from orebook.service.runs.run_requests import Changes
from orebook.service.runs.uploads import refuse_lost_texts, refuse_odd_text

Value = str | bool | int | float | None
MAX_DIFFERENCES, MOST_FAULTS = 500, 1_000


class Cell(Frozen):
    """One cell: the table, the row by its key, the column, and what shall stand there; null: nothing."""

    table: str = Field(max_length=40, examples=["minerals"])
    key: Annotated[tuple[Value, ...], Field(max_length=4, examples=[["copper"]])]
    column: str = Field(max_length=60, examples=["price_usd_per_t"])
    value: Value = Field(examples=[13_100])


class Edit(Frozen):
    """What to change, in this order; nothing is stored if any of it does not fit."""

    tables: dict[str, list[dict[str, JsonValue]] | None] = Field(
        default_factory=dict, description="tables in the place of those that stand; null takes a table out"
    )
    instance: dict[str, JsonValue] = Field(default_factory=dict, description="keys of the instance; null takes one out")
    cells: Annotated[tuple[Cell, ...], Field(max_length=100_000)] = ()
    changes: Changes = Field((), description="such as offers[house=hartree].max_week_t=0")
    note: str = Field("", max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")


def apply_edit(document: Document, edit: Edit) -> tuple[Problem, list[Finding]]:
    """The instance after the edit, with its warnings. Raises UnusableError with every fault; of cells the first 1,000."""
    content: dict[str, Any] = document.model_dump(mode="json", exclude_none=True)
    content |= {table: rows for table, rows in edit.tables.items() if table in TABLES}
    content["instance"] |= edit.instance
    found = [_no_table(table) for table in edit.tables if table not in TABLES]
    rows = _Rows(content)
    found += islice((finding for cell in edit.cells if (finding := rows.set(cell)) is not None), MOST_FAULTS)
    if found:
        raise bad_input(found, "The edit does not fit")
    refuse_odd_text(content)
    problem, findings = inspect_json(content, edit.changes)
    if problem is None:
        raise bad_input(findings, "The instance would have faults")
    refuse_lost_texts(problem)
    return problem, findings


class _Rows:
    """The rows of a document's tables by their keys, of each table found once."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content, self._by_key = content, dict[str, dict[tuple[Any, ...], list[dict[str, Any]]]]()

    def set(self, cell: Cell) -> Finding | None:
        """Make it; a fault where there is no such cell. A column of null is left to its default."""
        model = TABLES.get(cell.table)
        if model is None:
            return _no_table(cell.table)
        if cell.column not in model.model_fields:
            return fault(cell.table, None, "unknown_column", f"is not a column of {cell.table}", cell.column)
        rows = self._of(cell.table, model)
        found = rows.get(model.shortened(cell.key))
        if not found:
            key = "/".join("" if part is None else str(part) for part in cell.key)
            return fault(cell.table, None, "unknown_row", f'has no row "{key}"', cell.column)
        row = found[0]
        row[cell.column] = cell.value
        if cell.column in model.KEY:
            rows.setdefault(_key(found.pop(0), model), []).append(row)
        return None

    def _of(self, table: str, model: type[Row]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        if table not in self._by_key:
            rows = self._by_key[table] = {}
            for row in self._content.get(table) or ():
                rows.setdefault(_key(row, model), []).append(row)
        return self._by_key[table]


def _key(row: dict[str, Any], model: type[Row]) -> tuple[Any, ...]:
    """Its key as cells name it; what cannot stand in one (a list, an object) as text, which no key is."""
    usual = dict(zip(reversed(model.KEY), reversed(model.key_defaults()), strict=False))
    cells = [usual.get(column) if row.get(column) is None else row[column] for column in model.KEY]
    return model.shortened(tuple(cell if isinstance(cell, Value | None) else repr(cell) for cell in cells))


def _no_table(table: str) -> Finding:
    return fault(table, None, "unknown_table", "is not a table of an instance")


def first_differences(old: Document, new: Document) -> list[dict[str, Any]]:
    """Cells, rows and keys in which two states differ, not more than 500."""
    return [difference.as_json() for difference in islice(differences(old, new), MAX_DIFFERENCES)]
