"""What is out of sight in a workbook, or struck out, counts, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.filters import FilterColumn, Filters

from orebook.files.instances import inspect
from tests.workbook.books import Edit, edited, good

STRUCK = Font(strike=True)


def hide_rows(book: Workbook) -> None:
    """Rows 2 and 4, and one that holds nothing."""
    for line in (2, 4, 40):
        book["Offers"].row_dimensions[line].hidden = True


def filter_rows(book: Workbook) -> None:
    """A filter that keeps one house, which Excel does by hiding the rows of the others."""
    sheet = book["Offers"]
    table = sheet.tables["table_offers"]
    table.autoFilter.filterColumn.append(FilterColumn(colId=1, filters=Filters(filter=["traxys"])))
    for line in (3, 4):
        sheet.row_dimensions[line].hidden = True


def hide_columns(book: Workbook) -> None:
    """A column with numbers, and one without any."""
    book["Offers"].column_dimensions["H"].hidden = True
    book["Houses"].column_dimensions["G"].hidden = True


def strike_row(book: Workbook) -> None:
    """All that stands in a row."""
    for cell in book["Tiers"][3]:
        cell.font = STRUCK


def strike_cell(book: Workbook) -> None:
    """One cell."""
    book["Tiers"]["D3"].font = STRUCK


def hide_sheet(book: Workbook) -> None:
    """A table, and sheets that count for nothing."""
    for title in ("Tiers", "About", "_Extra"):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.sheet_state = "veryHidden"


def hide_scalars(book: Workbook) -> None:
    """A row of the scalars."""
    book["Instance"].row_dimensions[7].hidden = True


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (hide_rows, "Offers!A2: rows 2 and 4 are hidden, and count like the rest; delete them if they should not"),
        (
            filter_rows,
            "Offers!A3: rows 3 to 4 are filtered out of sight, and count like the rest; delete them if they should not",
        ),
        (hide_columns, "Offers!H1: column H (lot_t) is hidden, and counts like the rest; delete it if it should not"),
        (strike_row, "Tiers!A3: row 3 is struck out, and counts like the rest; delete it if it should not"),
        (strike_cell, "Tiers!D3: is struck out, and counts like the rest; clear the cell, or take the stroke off"),
        (
            hide_sheet,
            'Tiers: is a hidden sheet, and counts like the rest; show it, or name it "_Tiers" if it should not',
        ),
        (hide_scalars, "Instance!A7: row 7 is hidden, and counts like the rest; delete it if it should not"),
    ],
)
def test_it_counts_and_is_warned_of(edit: Edit, says: str, tmp_path: Path) -> None:
    """The instance is the good one still, with one warning at the place."""
    problem, findings = inspect(edited(tmp_path / "book.xlsx", edit))
    assert problem == good()
    assert [(f.severity, str(f)) for f in findings] == [("warning", says)]
