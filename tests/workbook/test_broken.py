"""Broken workbooks are refused with every fault said at its cell, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from orebook.files.instances import inspect
from tests.workbook.books import Edit, edited, good_bytes, spliced


@dataclass(frozen=True)
class Broken:
    """One edit of the good workbook, and all that must be said of it."""

    edit: Edit | Mapping[str, Any]
    says: tuple[str, ...]


def cell(place: str, value: Any, *says: str) -> Any:
    """Something typed into one cell."""
    return pytest.param(Broken({place: value}, says), id=f"{place} {value!r}")


def other(name: str, edit: Edit, *says: str) -> Any:
    """Something done to the workbook."""
    return pytest.param(Broken(edit, says), id=name)


def rename(book: Workbook, old: str, new: str) -> None:
    """Give a sheet another name."""
    book[old].title = new


AGAIN = "format the cell as text and type it again, leading zeros too"
FAULTS = [
    # numbers
    cell("Offers!E3", "25,1", 'Offers!E3 price_usd_per_t: "25,1" is not a number; write 25.1'),
    cell("Offers!E3", "25 100 USD", 'Offers!E3 price_usd_per_t: "25 100 USD" is not a number; write 25100'),
    cell(
        "Offers!E3",
        1e16,
        'Offers!E3 price_usd_per_t: "1e+16" is over 1e15, which is too large; write less, or nothing',
    ),
    cell("Offers!I2", -2, 'Offers!I2 min_order_t: "-2" is below 0; write 0 or more'),
    cell("Offers!M2", 1.5, 'Offers!M2 from_week: "1.5" is not a whole number; write 1 or 2'),
    cell("Shares!E2", 40, 'Shares!E2 max_share: "40" is over 1; a share is 0 to 1: write 0.4'),
    cell("Use!C2", "NaN", 'Use!C2 daily_use_t: "NaN" is not a finite number; write one'),
    # what only a workbook can hold
    cell(
        "Offers!E3",
        "#N/A",
        "Offers!E3 price_usd_per_t: #N/A is what a formula failed with; mend it, or write the value",
    ),
    cell(
        "Offers!E3",
        "=25000+100",
        "Offers!E3 price_usd_per_t: holds a formula that was never worked out; open the workbook, save it, and try again",
    ),
    cell(
        "Offers!H2",
        datetime(2026, 5, 2),
        "Offers!H2 lot_t: 2026-05-02 is a date where a number should be; format the cell as a number and type it again",
    ),
    cell(
        "Offers!H2",
        time(2, 5),
        "Offers!H2 lot_t: 02:05:00 is a time of day where a number should be; "
        "format the cell as a number and type it again",
    ),
    cell(
        "Houses!B2",
        True,
        "Houses!B2 commission_pct: TRUE is a truth value where a number should be; "
        "format the cell as a number and type it again",
    ),
    cell("Houses!A2", 7, f"Houses!A2 house: 7 is a number where a text should be; {AGAIN}"),
    cell("Houses!A2", True, f"Houses!A2 house: TRUE is a truth value where a text should be; {AGAIN}"),
    cell("Offers!A3", datetime(2026, 3, 1), f"Offers!A3 offer: 2026-03-01 is a date where a text should be; {AGAIN}"),
    cell(
        "Offers!M2",
        datetime(2026, 2, 25),
        'Offers!M2 from_week: "2026-02-25" is a date where a week\'s number should be; it lies in week 3: write 3',
    ),
    # choices, names and keys
    cell("Houses!D2", 1, 'Houses!D2 engaged: "1" is neither yes nor no; write yes'),
    cell(
        "Offers!T2",
        "all_unit",
        'Offers!T2 discount: "all_unit" is not one of all_units, incremental; did you mean "all_units"?',
    ),
    cell("Offers!B2", "traxis", 'Offers!B2 house: "traxis" is not in Houses; did you mean "traxys"?'),
    cell(
        "Shares!C3",
        "pero",
        'Shares!C3 name: "pero" is no origin in Origins; did you mean "peru"?',
    ),
    cell("Minerals!C2", None, "Minerals!C2 price_usd_per_t: is blank, but needed: benchmark price (USD/t)"),
    cell(
        "Releases!A3",
        1,
        'Releases!A3 week: "1" is in row 2 already; change week, or keep one of the two',
    ),
    cell("Tiers!C2", 12, "Tiers!C2 to_t: 12 reaches into the tier from 10 t (row 3); write 10 or less"),
    cell(
        "Minerals!B3",
        1,
        'Use!B2 mineral: "cobalt" has daily_use_t in Minerals:3 too; leave one of the two blank',
        'Use!B3 mineral: "cobalt" has daily_use_t in Minerals:3 too; leave one of the two blank',
    ),
    # heads
    cell(
        "Offers!B1",
        "hause",
        'Offers!B1 hause: is not a column of Offers; did you mean "house"?',
        "Offers:1 house: is missing from the header: house that makes it",
    ),
    cell(
        "Offers!F1",
        "premium_usd_per_t",
        "Offers!G1 premium_usd_per_t: stands 2 times in the header; keep one",
    ),
    cell("Offers!X2", "ask", "Offers!X1: has a column without a name; name it or take it out"),
    # the scalars
    cell("Instance!B4", "9.2.2026", 'Instance!B4 start: "9.2.2026" is not a date; write one such as 2026-02-09'),
    cell(
        "Instance!B4",
        datetime(2026, 2, 9, 12),
        "Instance!B4 start: 2026-02-09 12:00:00 is a date with a time of day where a date should be; "
        "format the cell as a date and type it again",
    ),
    cell("Instance!B5", None, "Instance!B5 weeks: is blank, but needed: T, the length of the plan (weeks)"),
    cell(
        "Instance!A5",
        "week",
        "Instance weeks: is blank, but needed: T, the length of the plan (weeks)",
        'Instance!A5 week: is not a key of an instance; did you mean "weeks"?',
    ),
    cell("Instance!A6", "weeks", "Instance!A6 weeks: is in row 5 already; keep one of the two"),
    cell("Instance!A12", None, "Instance!A12: has a value without a key; write its key in column A"),
    # sheets
    cell("About!B1", "orebook/instance/2", "About!B1: is of orebook/instance/2; this orebook reads orebook/instance/1"),
    cell(
        "Stock!XFD1048576",
        1,
        "Stock: reaches to XFD1048576; delete the rows and columns that hold nothing",
    ),
    other(
        "two rows with one key of two columns",
        lambda book: book["Stock"].append(["tin", "north", 5]),
        'Stock!A4: "tin/north" is in row 2 already; change mineral or site or age_weeks, or keep one of the two',
    ),
    other(
        "two cells made one",
        lambda book: book["Offers"].merge_cells("D2:D3"),
        "Offers!D2:D3: is merged, so only its first cell counts; unmerge it, and write every cell",
    ),
    other(
        "an optional sheet misspelt",
        lambda book: rename(book, "Stock", "Stocks"),
        'Stocks: is not a table of an instance; did you mean "Stock"?',
    ),
    other(
        "a required sheet gone",
        lambda book: rename(book, "Offers", "_Offers"),
        "Offers: is missing; add a sheet with the header offer,house,mineral",
    ),
    other(
        "the scalars gone",
        lambda book: book.remove(book["Instance"]),
        "Instance: is missing; add a sheet with the keys name and weeks in column A and their values in column B",
    ),
    other(
        "a sheet by another word",
        lambda book: rename(book, "Sites", "Warehouses"),
        'Inbound!B2 site: "north" is not in Sites; without it the one site is "store"',
        'Owed!E2 site: "south" is not in Sites; without it the one site is "store"',
        'Stock!B2 site: "north" is not in Sites; without it the one site is "store"',
        'Stock!B3 site: "south" is not in Sites; without it the one site is "store"',
        'Warehouses: is not a table of an instance; did you mean "Sites"?',
    ),
    other(
        "a copy of a sheet",
        lambda book: setattr(book.copy_worksheet(book["Offers"]), "title", "Offers (2)"),
        'Offers (2): is not a table of an instance; Offers is there already: take it out, or name it "_Offers (2)"',
    ),
    other(
        "a sheet of somebody else",
        lambda book: book.create_sheet("Notes").append(["call Anna"]),
        'Notes: is not a table of an instance; take it out, or name it "_Notes"',
    ),
    other(
        "a sheet without heads",
        lambda book: book["Stock"].delete_rows(1, 9),
        "Stock: is empty; write the header mineral,site,tonnes",
    ),
    other(
        "a required sheet without rows",
        lambda book: book["Offers"].delete_rows(2, 9),
        "Offers: lists no offer; write at least one row",
    ),
]


def test_a_percentage_where_percent_is_meant_is_refused(tmp_path: Path) -> None:
    """A cell that shows 1.2 % holds 0.012, a hundredth of what a column of percentages takes; so in the scalars."""

    def percent(book: Workbook) -> None:
        for sheet, place, value in (("Offers", "F2", 0.012), ("Houses", "B2", 0.005), ("Instance", "B8", 0.001)):
            book[sheet][place] = value
            book[sheet][place].number_format = "0.0%"

    assert said(edited(tmp_path / "book.xlsx", percent)) == tuple(
        f"{place}: {value} is shown as {shown} %, and would count as {value} %; "
        f"format the cell as a number, and write {shown}"
        for place, value, shown in (
            ("Houses!B2 commission_pct", "0.005", "0.5"),
            ("Instance!B8 max_restricted_content_pct", "0.001", "0.1"),
            ("Offers!F2 premium_pct", "0.012", "1.2"),
        )
    )


def test_a_date_has_its_week_though_another_scalar_is_refused(tmp_path: Path) -> None:
    """Start and weeks are known where the budget is not: the 25th of February lies in the third week."""
    assert said(edited(tmp_path / "book.xlsx", {"Instance!B7": "1 m EUR", "Offers!M2": datetime(2026, 2, 25)})) == (
        'Instance!B7 budget_usd: "1 m EUR" is not a number; write one in USD, or nothing',
        'Offers!M2 from_week: "2026-02-25" is a date where a week\'s number should be; it lies in week 3: write 3',
    )


def test_heads_below_a_title_are_one_fault(tmp_path: Path) -> None:
    """Title rows above the heads are told as such, and nothing else of the sheet."""

    def title(book: Workbook) -> None:
        book["Offers"].insert_rows(1, 2)
        book["Offers"]["A1"] = "Offers of November"
        book["Offers"].merge_cells("A1:D1")
        book["Houses"].insert_rows(1)
        book["Houses"]["B1"] = "Our houses"

    assert said(edited(tmp_path / "book.xlsx", title)) == (
        "Houses!A2: the heads seem to be in row 2; take out the row above, so that they come first",
        "Offers!A3: the heads seem to be in row 3; take out the rows above, so that they come first",
    )


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml"])
def test_strict_open_xml_is_refused_by_its_name(part: str, tmp_path: Path) -> None:
    """Its sheets have names that no reader here knows, so that they would all seem to be missing."""
    with zipfile.ZipFile(BytesIO(good_bytes())) as old, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as new:
        for each in old.namelist():
            strict = b"http://purl.oclc.org/ooxml/"
            data = old.read(each)
            new.writestr(each, data.replace(b"http://schemas.openxmlformats.org/", strict) if each == part else data)
    says = "book.xlsx: is a workbook of the kind Strict Open XML; save it as Excel Workbook (.xlsx)"
    assert said(tmp_path / "book.xlsx") == (says,)


def said(path: Path) -> tuple[str, ...]:
    """The faults of a workbook that is refused; warnings of what it says otherwise are left out."""
    problem, findings = inspect(path)
    assert problem is None
    return tuple(str(finding) for finding in findings if finding.severity == "fault")


@pytest.mark.parametrize("broken", FAULTS)
def test_one_edit_is_refused_with_its_message(broken: Broken, tmp_path: Path) -> None:
    """One edit of the good workbook is refused with these messages, each with its cell, in order."""
    assert said(edited(tmp_path / "book.xlsx", broken.edit)) == broken.says


def test_a_date_that_was_made_a_number_is_refused(tmp_path: Path) -> None:
    """A start that shows as 46062 is not taken for a date."""

    def unformat(book: Workbook) -> None:
        book["Instance"]["B4"].number_format = "General"

    (says,) = said(edited(tmp_path / "book.xlsx", unformat))
    assert says.startswith("Instance!B4 start: 46062 is a number where a date should be")


def test_a_formula_that_came_to_nothing_is_blank(tmp_path: Path) -> None:
    """A formula that came to an empty text leaves the cell blank, which an optional column may be."""
    problem, findings = inspect(spliced(tmp_path / "book.xlsx", "Offers!E3", '<c t="str"><f>""</f><v></v></c>'))
    assert problem is not None
    assert problem.offers["tin-2"].price_usd_per_t is None
    assert findings == []


def test_findings_keep_their_cell_as_json(tmp_path: Path) -> None:
    """As JSON a finding of a workbook has sheet, row and column, and the cell besides."""
    (finding,) = inspect(edited(tmp_path / "book.xlsx", {"Offers!E3": "25,1"}))[1]
    told = finding.as_json()
    assert (told["file"], told["row"], told["column"], told["value"]) == ("Offers", 3, "price_usd_per_t", "25,1")
    assert told["cell"] == "Offers!E3"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xls", OLE, "a.xls: is a workbook of the old kind (.xls); save it as .xlsx"),
        (
            "a.xlsx",
            OLE,
            "a.xlsx: is locked with a password, or of the old kind (.xls); take the password off and save it as .xlsx",
        ),
        ("a.xlsx", b"offer,house\n", "a.xlsx: is neither the folder of an instance nor a workbook (.xlsx, .ods)"),
        ("a.xlsx", b"", "a.xlsx: is neither the folder of an instance nor a workbook (.xlsx, .ods)"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    """Old, locked and other files are told apart."""
    (tmp_path / name).write_bytes(content)
    assert said(tmp_path / name) == (says,)


def test_a_damaged_workbook_is_refused_and_never_raises(tmp_path: Path) -> None:
    """A workbook with a stretch of bytes overwritten gives findings or a problem, whatever openpyxl makes of it."""
    whole, refused = good_bytes(), 0
    for cut in range(0, len(whole), 2_500):
        (tmp_path / "book.xlsx").write_bytes(whole[:cut] + b"\0" * 40 + whole[cut + 40 :])
        problem, findings = inspect(tmp_path / "book.xlsx")
        assert (problem is None) == any(f.severity == "fault" for f in findings)
        refused += problem is None
    assert refused
