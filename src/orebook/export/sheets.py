"""The sheets of a workbook: the scalars, a key a row, and each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.fields import FieldInfo

from orebook.export.cells import show_fractions, write_cell
from orebook.export.lists import dropdown
from orebook.export.styles import Styles
from orebook.export.texts import cell_text
from orebook.reading.words import unit_of
from orebook.schema.base import Row
from orebook.schema.head import Head

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LAST = 1_048_575
"""The last row of a sheet, counted from 0."""


def write_head(sheet: Worksheet, styles: Styles, head: Head) -> None:
    """A key a row: its value, its unit and what it means."""
    for place, (title, width) in enumerate((("key", 28), ("value", 24), ("unit", 8), ("meaning", 60))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, styles.key if place == 0 else styles.optional)
    for row, (key, field) in enumerate(Head.model_fields.items(), start=1):
        sheet.write_string(row, 0, key, styles.head if field.is_required() else styles.optional)
        write_cell(sheet, row, 1, getattr(head, key), styles.of_column(Head, key))
        sheet.write_string(row, 2, unit_of(field), styles.note)
        sheet.write_string(row, 3, meaning(field), styles.note)
    show_fractions(sheet, 1, LAST, 1, styles.fraction)
    sheet.freeze_panes(1, 0)


def write_table(sheet: Worksheet, styles: Styles, model: type[Row], rows: tuple[Any, ...]) -> None:
    """A table with filters: the heads carry units and meanings as notes, the columns drop-downs and formats."""
    fields = model.model_fields
    heads = [{"header": c, "header_format": styles.of_head(model, c)} for c in fields]
    style = {"name": f"table_{sheet.get_name().strip('_').lower()}", "columns": heads, "style": "Table Style Light 1"}
    sheet.add_table(0, 0, max(len(rows), 1), len(fields) - 1, style)
    for place, (column, field) in enumerate(fields.items()):
        form = styles.of_column(model, column)
        values = [getattr(row, column) for row in rows]
        longest = max([len(column) + 4, *(len(cell_text(v)) + 2 for v in values)])
        sheet.set_column(place, place, min(longest, 40), form)
        for line, value in enumerate(values, start=1):
            write_cell(sheet, line, place, value, form)
        note = "\n".join(filter(None, (unit_of(field), meaning(field))))
        sheet.write_comment(0, place, note, {"x_scale": 1.8, "author": "orebook"})
        if listed := dropdown(model, column):
            sheet.data_validation(1, place, LAST, place, listed)
        if form is styles.number:
            show_fractions(sheet, 1, LAST, place, styles.fraction)
    sheet.freeze_panes(1, len(model.KEY))


def meaning(field: FieldInfo) -> str:
    """What a column says, and what a blank cell in it says."""
    if field.is_required():
        return f"{field.description}. Required."
    default = "none" if field.default is None else cell_text(field.default)
    return f"{field.description}. Blank: {default}."
