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
from orebook.schema.base import Frozen
from orebook.schema.document import TABLES, Document
from orebook.service.errors import bad_input
from orebook.service.runs.run_requests import Changes
from orebook.service.runs.uploads import refuse_odd_text

Value = str | bool | int | float | None
MAX_DIFFERENCES = 500


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
    note: str = Field("", max_length=500)


def apply_edit(document: Document, edit: Edit) -> tuple[Problem, list[Finding]]:
    """The instance after the edit, with its warnings. Raises UnusableError with every fault."""
    content: dict[str, Any] = document.model_dump(mode="json", exclude_none=True)
    content |= {table: rows for table, rows in edit.tables.items() if table in TABLES}
    content["instance"] |= edit.instance
    found = [_no_table(table) for table in edit.tables if table not in TABLES]
    found += [finding for cell in edit.cells if (finding := _set(content, cell)) is not None]
    if found:
        raise bad_input(found, "The edit does not fit")
    refuse_odd_text(content)
    problem, findings = inspect_json(content, edit.changes)
    if problem is None:
        raise bad_input(findings, "The instance would have faults")
    return problem, findings


def _set(content: dict[str, Any], cell: Cell) -> Finding | None:
    """Make it; a fault where there is no such cell. A column of null is left to its default."""
    model = TABLES.get(cell.table)
    if model is None:
        return _no_table(cell.table)
    if cell.column not in model.model_fields:
        return fault(cell.table, None, "unknown_column", f"is not a column of {cell.table}", cell.column)
    usual = dict(zip(reversed(model.KEY), reversed(model.key_defaults()), strict=False))
    for row in content.get(cell.table) or ():
        key = tuple(usual.get(column) if row.get(column) is None else row[column] for column in model.KEY)
        if model.shortened(key) == model.shortened(cell.key):
            row[cell.column] = cell.value
            return None
    named = "/".join("" if part is None else str(part) for part in cell.key)
    return fault(cell.table, None, "unknown_row", f'has no row "{named}"', cell.column)


def _no_table(table: str) -> Finding:
    return fault(table, None, "unknown_table", "is not a table of an instance")


def first_differences(old: Document, new: Document) -> list[dict[str, Any]]:
    """Cells, rows and keys in which two states differ, not more than 500."""
    return [difference.as_json() for difference in islice(differences(old, new), MAX_DIFFERENCES)]
