"""How a value stands in a cell, whichever workbook it is of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from orebook.export.texts import cell_text
from orebook.reading.quoting import letter

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FIRST_DATE = date(1900, 3, 1)
"""Before it, spreadsheets disagree about what day it is."""


class Digits(float):
    """A number that is written with all its digits: xlsxwriter asks for 16, and some doubles need 17."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


def write_cell(sheet: Worksheet, row: int, place: int, value: Any, form: Format) -> None:
    """A date, a number or a text as what it is; None as a blank cell with its format."""
    if isinstance(value, date) and value >= _FIRST_DATE:
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, place, Digits(value) if isinstance(value, float) else value, form)
    elif value is not None:
        sheet.write_string(row, place, cell_text(value), form)
    else:
        sheet.write_blank(row, place, None, form)


def show_fractions(sheet: Worksheet, first: int, last: int, place: int, fraction: Format) -> None:
    """Show decimals where there are any: a format without them would show 2.5 as 3. Rows count from 0."""
    cell = f"${letter(place)}{first + 1}"
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}<>INT({cell}))", "format": fraction}
    sheet.conditional_format(first, place, last, place, rule)
