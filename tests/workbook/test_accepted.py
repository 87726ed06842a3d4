"""What may differ from workbook to workbook and means the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from orebook.files.instances import inspect, read
from tests.workbook.books import Edit, edited, good, spliced


def reorder(book: Workbook) -> None:
    """Turn the columns of a sheet around."""
    sheet = book["Houses"]
    rows = [list(row)[::-1] for row in sheet.values]
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(line, column).value = value


def spread(book: Workbook) -> None:
    """Blank rows above the heads, between the rows and below, and a formatted blank column to the right."""
    sheet = book["Stock"]
    sheet.insert_rows(3)
    sheet.insert_rows(1, 2)
    sheet.cell(40, 1).value = "  "
    sheet.cell(3, 9).number_format = "0.00"


def lower(book: Workbook) -> None:
    """Sheet names in lower case, as files have them."""
    for sheet in book.worksheets:
        sheet.title = f"{sheet.title}1"
        sheet.title = sheet.title[:-1].lower()


def bare(book: Workbook) -> None:
    """Scalars without heads, units and meanings, as somebody types them."""
    sheet = book["Instance"]
    sheet.delete_cols(3, 2)
    sheet.delete_rows(1)


def add(book: Workbook) -> None:
    """Sheets that are passed over."""
    book.create_sheet("_Notes").append(["call Anna"])
    book.create_sheet("Scenarios").append(["name", "changes"])
    book.create_sheet("Sheet1")


SAME: dict[str, Edit | Mapping[str, Any]] = {
    "as it was written": {},
    "columns in another order": reorder,
    "blank rows and columns": spread,
    "lower case": lower,
    "bare scalars": bare,
    "other sheets": add,
    "no About": lambda book: book.remove(book["About"]),
    "optional columns left out": lambda book: book["Houses"].delete_cols(7),  # max_spend_usd, which is blank
    "numbers as text": {"Offers!E3": "25100", "Offers!M2": " 1.0 ", "Tiers!D5": "-5e-1"},
    "truth values": {"Houses!D2": True, "Houses!D3": False},
    "yes in capitals": {"Houses!D2": "YES"},
    "a date as text": {"Instance!B4": "2026-02-09"},
    "a whole number with a point": {"Offers!M2": 1.0},
}


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME)
def test_it_is_the_same_instance(edit: Edit | Mapping[str, Any], tmp_path: Path) -> None:
    """The edited workbook is the good instance, by its digest and its problem, without a warning."""
    problem, findings = inspect(edited(tmp_path / "book.xlsx", edit))
    assert findings == []
    assert problem == good()
    assert problem is not None
    assert problem.digest == good().digest


def test_a_start_is_read_as_a_date(tmp_path: Path) -> None:
    """Also where the cell is a date of the spreadsheet's."""
    assert read(edited(tmp_path / "book.xlsx", {})).start == date(2026, 2, 9)


@pytest.mark.parametrize(
    ("xml", "is_read_as"),
    [
        ("<c><f>0.1+0.2</f><v>0.30000000000000004</v></c>", 0.3),  # a formula comes to what Excel shows
        ("<c><v>0.30000000000000004</v></c>", 0.30000000000000004),  # a number that stands there is that number
        ('<c t="str"><f>"0"&amp;".3"</f><v>0.3</v></c>', 0.3),
    ],
)
def test_a_formula_that_was_worked_out_is_its_value(xml: str, is_read_as: float, tmp_path: Path) -> None:
    """The value that the spreadsheet saved is read, to the 15 digits that it shows."""
    problem = read(spliced(tmp_path / "book.xlsx", "Offers!L2", xml))
    assert problem.offers["tin-1"].commit_t == is_read_as


def test_a_percentage_is_what_it_says(tmp_path: Path) -> None:
    """0.4 shown as 40 % in a column of shares, and 2 shown as 2 % in one of percentages, for the sign is only text."""

    def percent(book: Workbook) -> None:
        book["Shares"]["E2"].number_format = "0%"
        book["Offers"]["F2"].number_format = '0.0" %"'
        book["Offers"]["R2"].number_format = "0\\%"

    problem, findings = inspect(edited(tmp_path / "book.xlsx", percent))
    assert problem == good()
    assert findings == []


def test_a_table_filled_in_and_still_passed_over_warns(tmp_path: Path) -> None:
    """Rows on a sheet _Stock do not count, and that is said."""

    def put_by(book: Workbook) -> None:
        book["Stock"].title = "_Stock"

    problem, findings = inspect(edited(tmp_path / "book.xlsx", put_by))
    assert problem is not None
    assert not problem.stock
    assert '_Stock: is passed over; name it "Stock" if it should count' in [str(f) for f in findings]
