"""A table of an instance as a grid, and the grid of prices by week."""

from __future__ import annotations

from orebook.reading.plain_text import kind_of
from orebook.reading.words import unit_of
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document
from orebook.workbench.grids.catalogue import PRICES
from orebook.workbench.grids.grid import Column, Grid, GridRow, choices_of, key_of, text_of
from orebook.workbench.grids.headings import heading
from orebook.workbench.grids.weeks import PRICE, price_columns, price_rows, week_of


def grid_of(document: Document, name: str, version: int) -> Grid:
    """A grid of an instance in a version; `name` is one of `grid_names`."""
    if name == PRICES:
        return Grid(name=name, version=version, open=False, columns=price_columns(document), rows=price_rows(document))
    model = TABLES[name]
    columns = [column_of(model, column) for column in model.model_fields]
    rows = [GridRow(key=key_of(row), cells=_cells(row)) for row in document.rows(name)]
    return Grid(name=name, version=version, open=True, columns=columns, rows=rows)


def column_of(model: type[Row], column: str) -> Column:
    """A column of a table."""
    field = model.model_fields[column]
    unit, kind = unit_of(field), kind_of(model, column)
    return Column(
        field=column,
        title=heading(column),
        unit="" if unit in ("1", "yes/no") else unit,
        kind=kind,
        help=field.description or "",
        key=column in model.KEY,
        required=field.is_required(),
        choices=("yes", "no") if kind == "yes or no" else choices_of(field.annotation),
        default=text_of(None if field.is_required() else field.default),
    )


def _cells(row: Row) -> dict[str, str]:
    return {c: text_of(value) for c in type(row).model_fields if (value := getattr(row, c)) is not None}


def meant(grid: str, document: Document, column: str) -> tuple[Column, type[Row], str]:
    """A column of a grid, the table that its cells belong to, and their column there. Raises KeyError for none."""
    listed = {c.field: c for c in grid_of(document, grid, 1).columns}
    if grid != PRICES:
        return listed[column], TABLES[grid], column
    table = "minerals" if week_of(column) is None else PRICES
    return listed[column], TABLES[table], column if week_of(column) is None else PRICE
