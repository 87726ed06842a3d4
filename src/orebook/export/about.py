"""The sheet About: which version this is of, how to use it, and what every column means."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from pydantic import BaseModel

from orebook.export.sheets import meaning
from orebook.export.styles import Styles
from orebook.reading.book import HEAD_TITLE, title_of
from orebook.reading.words import unit_of
from orebook.schema.document import SCHEMA, TABLES, Document
from orebook.schema.head import Head

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HOW = (
    "Give this workbook to orebook check, solve or verify in place of a folder.",
    "A table is a sheet. A sheet with heads and no rows is an empty table, which is not the same as no table.",
    "A sheet whose name begins with _ is passed over: take the _ off to use the table.",
    "Columns may stand in any order, and optional ones may be left out. Notes on the heads say what they mean.",
    "Names are text: a cell that Excel has made a number or a date of is refused.",
)


def write_about(sheet: Worksheet, styles: Styles, document: Document) -> None:
    """The stamp, the rules of the workbook and a row a column of every table."""
    for place, width in enumerate((16, 28, 14, 80)):
        sheet.set_column(place, place, width)
    stamp = (("schema", SCHEMA), ("orebook", version("orebook")), ("instance", document.instance.name))
    for row, (name, value) in enumerate(stamp):
        sheet.write_string(row, 0, name, styles.head)
        sheet.write_string(row, 1, value)
    for row, line in enumerate(_HOW, start=len(stamp) + 1):
        sheet.write_string(row, 0, line)
    row = len(stamp) + len(_HOW) + 2
    for place, head in enumerate(("sheet", "column", "unit", "meaning")):
        sheet.write_string(row, place, head, styles.key)
    models: dict[str, type[BaseModel]] = {HEAD_TITLE: Head, **{title_of(t): m for t, m in TABLES.items()}}
    for table, model in models.items():
        for column, field in model.model_fields.items():
            row += 1
            for place, text in enumerate((table, column, unit_of(field), meaning(field))):
                sheet.write_string(row, place, text, styles.note if place > 1 else None)
