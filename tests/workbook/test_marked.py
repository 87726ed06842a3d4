"""A copy of a workbook shows what is wrong where it stands, and is otherwise as it was."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from orebook.errors import InputError
from orebook.export import marked
from orebook.files.instances import inspect
from tests.workbook.books import edited

BROKEN = {"Offers!E3": "25,1", "Offers!B1": "hause", "Stock!C3": -1, "Withdrawals!B2": "=acme"}


def copy_of(path: Path) -> Workbook:
    """The marked copy, as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(marked(path, inspect(path)[1])))


def test_faulty_cells_are_coloured_and_noted(tmp_path: Path) -> None:
    """The cell of each finding, and no other; a note that a head had before is kept."""
    copy = copy_of(edited(tmp_path / "book.xlsx", BROKEN))
    red = {f"{s.title}!{c.coordinate}" for s in copy for row in s for c in row if c.fill.fgColor.rgb == "FFF4A6A0"}
    assert red == {"Offers!E3", "Offers!B1", "Stock!C3", "Withdrawals!B2"}
    assert copy["Offers"]["E3"].comment.text == 'fault: "25,1" is not a number; write 25.1'
    assert copy["Stock"]["C3"].comment.text == 'fault: "-1" is below 0; write 0 or more'
    head = copy["Offers"]["B1"].comment.text
    assert head.startswith("house that makes it. Required.\n\nfault: is not a column of Offers")


def test_all_findings_are_listed_first(tmp_path: Path) -> None:
    """Also those that have no cell; the sheet's name keeps it from being read as a table."""
    path = edited(tmp_path / "book.xlsx", BROKEN)
    copy = copy_of(path)
    assert copy.sheetnames[0] == "_Findings"
    listed = [tuple(row)[:2] for row in copy["_Findings"].values]
    assert listed == [
        ("severity", "place"),
        *(("fault", place) for place in ("Offers!B1", "Offers:1", "Offers!E3", "Stock!C3", "Withdrawals!B2")),
    ]
    assert copy["_Findings"]["B4"].hyperlink.location == "'Offers'!E3"
    assert [s.title for s in copy if s.sheet_view.tabSelected] == ["_Findings"]


def test_the_rest_is_kept(tmp_path: Path) -> None:
    """The copy has the same findings when it is read, and the drop-downs, formats and formulas that were there."""
    path = edited(tmp_path / "book.xlsx", BROKEN)
    before = openpyxl.load_workbook(path)
    (tmp_path / "copy.xlsx").write_bytes(marked(path, inspect(path)[1]))
    assert inspect(tmp_path / "copy.xlsx")[1] == inspect(path)[1]
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    for sheet in before:
        assert list(copy[sheet.title].values) == list(sheet.values)
        assert copy[sheet.title].data_validations == sheet.data_validations
    assert copy["Withdrawals"]["B2"].value == "=acme"
    assert copy["Offers"]["E2"].number_format == "#,##0"


def test_a_copy_can_be_marked_again(tmp_path: Path) -> None:
    """There is one list of findings, the newest."""
    path = edited(tmp_path / "book.xlsx", BROKEN)
    (tmp_path / "copy.xlsx").write_bytes(marked(path, inspect(path)[1]))
    assert copy_of(tmp_path / "copy.xlsx").sheetnames.count("_Findings") == 1


def test_warnings_have_another_colour(tmp_path: Path) -> None:
    """A cell that only warns is not red."""
    copy = copy_of(edited(tmp_path / "book.xlsx", {"Offers!E3": 150_000}))
    assert copy["Offers"]["E3"].fill.fgColor.rgb == "FFFFE08A"
    assert copy["Offers"]["E3"].comment.text.startswith("warning: 150000 is 6 times the benchmark")


def test_slips_are_marked_where_they_stand(tmp_path: Path) -> None:
    """A totals row, a failed look-up left as text, and a struck-out cell: each at its cell, in its colour."""

    def slip(book: Workbook) -> None:
        book["Funding"].append(["Total", 900_000])
        book["Offers"]["D3"] = "#REF!"
        book["Tiers"]["D3"].font = Font(strike=True)

    copy = copy_of(edited(tmp_path / "book.xlsx", slip))
    coloured = {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in copy
        for row in sheet
        for cell in row
        if cell.fill.fgColor.rgb in ("FFF4A6A0", "FFFFE08A")
    }
    assert coloured == {"Funding!A4": "FFFFE08A", "Offers!D3": "FFF4A6A0", "Tiers!D3": "FFFFE08A"}


def test_what_cannot_be_opened_cannot_be_marked(tmp_path: Path) -> None:
    """A file that is no workbook is refused as it is in reading."""
    (tmp_path / "book.xlsx").write_text("offer,house\n")
    with pytest.raises(InputError, match="nor a workbook"):
        marked(tmp_path / "book.xlsx", [])
