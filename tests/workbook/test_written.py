"""A written workbook helps whoever fills it in, and is the same bytes each time."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from orebook.checks.references import REFERENCES
from orebook.export import workbook_of
from orebook.export.lists import dropdown
from orebook.reading.book import title_of
from orebook.schema import tables as t
from orebook.schema.document import TABLES
from tests.builders import make_document
from tests.workbook.books import good, good_bytes


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The good instance as openpyxl reads its workbook."""
    return openpyxl.load_workbook(BytesIO(good_bytes()))


def lists(sheet: Worksheet) -> dict[str, tuple[str, bool]]:
    """By column letter: what a drop-down offers, and whether anything else is kept out."""
    return {
        str(v.sqref).split("2:", maxsplit=1)[0]: (str(v.formula1), bool(v.showErrorMessage))
        for v in sheet.data_validations.dataValidation
    }


def test_sheets_are_the_tables_in_the_order_of_the_contract(book: Workbook) -> None:
    """About, the scalars, then every table; the heads are its columns, in their order."""
    assert book.sheetnames == ["About", "Instance", *map(title_of, TABLES)]
    for table, model in TABLES.items():
        assert [cell.value for cell in book[title_of(table)][1]] == list(model.model_fields)


def test_tables_that_are_missing_stand_by() -> None:
    """They have their heads under a name that is passed over; a table without rows is no such one."""
    names = openpyxl.load_workbook(BytesIO(workbook_of(make_document(stock=[])))).sheetnames
    assert names[:5] == ["About", "Instance", "Minerals", "_Use", "Houses"]
    assert "Stock" in names
    assert "_Sites" in names


def test_the_stamp_and_every_column_stand_in_about(book: Workbook) -> None:
    """Version, orebook and name; then sheet, column, unit and meaning of each column."""
    rows = [tuple(row) for row in book["About"].values]
    assert rows[0][:2] == ("schema", "orebook/instance/1")
    assert rows[2][:2] == ("instance", "good")
    listed = {(row[0], row[1]): row[2:] for row in rows}
    assert listed["Offers", "lot_t"] == ("t", "orders are whole lots of it. Blank: none.")
    assert {(title_of(table), c) for table, model in TABLES.items() for c in model.model_fields} <= listed.keys()


def test_every_head_has_a_note_with_its_unit(book: Workbook) -> None:
    """Unit, meaning, and what a blank cell means."""
    notes = {c.value: c.comment.text for c in book["Offers"][1] if c.comment}
    assert notes.keys() == t.OfferRow.model_fields.keys()
    assert notes["lead_weeks"] == "weeks\nfrom order to arrival. Blank: 0."
    assert notes["house"] == "house that makes it. Required."


def test_heads_stay_in_sight_and_filter(book: Workbook) -> None:
    """The row of heads and the key columns are frozen, and the rows are a table with filters."""
    shares = book["Shares"]
    assert shares.freeze_panes == "D2"
    assert shares.tables["table_shares"].ref == "A1:E4"
    assert shares.tables["table_shares"].autoFilter.ref == "A1:E4"


def test_names_and_choices_drop_down(book: Workbook) -> None:
    """Choices are held to; names are only offered, so that a new one can be written first and listed after."""
    offers = lists(book["Offers"])
    assert offers["B"] == ("list_houses", False)
    assert offers["D"] == ("list_origins", False)
    assert offers["T"] == ('"all_units,incremental"', True)
    assert offers["V"] == ('"yes,no"', True)
    assert lists(book["Shares"])["C"][0] == 'IF($B2="house",list_houses,IF($B2="group",list_groups,list_origins))'
    assert lists(book["Floors"])["D"] == ('"minimum,reject,cfd,levy"', True)
    assert book.defined_names["list_houses"].attr_text == (
        "Houses!$A$2:INDEX(Houses!$A:$A,MAX(2,COUNTA(Houses!$A:$A)))"
    )


def test_every_reference_has_a_drop_down() -> None:
    """Whatever a check holds to be a name of another table is offered from that table."""
    for model, column, _ in REFERENCES:
        assert dropdown(model, column)


def test_names_are_text_and_numbers_are_numbers(book: Workbook) -> None:
    """Also in blank cells to come: 007 typed into a column of names stays 007."""
    offers = book["Offers"]
    assert offers["A2"].number_format == "@"
    assert offers.column_dimensions["A"].number_format == "@"
    assert (offers["E3"].value, offers["E3"].number_format) == (25100, "#,##0")
    assert offers["M2"].number_format == "0"
    assert book["Instance"]["B4"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(("start", "cell"), [("1900-02-28", "1900-02-28"), ("1900-03-01", datetime(1900, 3, 1))])
def test_a_date_that_spreadsheets_disagree_about_is_text(start: str, cell: object) -> None:
    """Excel has a 29 February 1900, which was none, and no day before 1900."""
    book = openpyxl.load_workbook(BytesIO(workbook_of(make_document({"start": start}))))
    assert book["Instance"]["B4"].value == cell


def test_decimals_are_shown_where_there_are_any(book: Workbook) -> None:
    """A format without decimals would show 0.05 as 0: a number that is not whole has another."""
    rules = book["Offers"].conditional_formatting
    shown = {str(area.sqref).split("2:", maxsplit=1)[0]: rule for area in rules for rule in area.rules}
    assert shown["U"].formula == ["AND(ISNUMBER($U2),$U2<>INT($U2))"]
    assert shown["U"].dxf.numFmt.formatCode == "#,##0.0#########"
    assert "M" not in shown


def test_the_same_instance_makes_the_same_bytes() -> None:
    """Nothing of the day or the machine is in the file."""
    assert workbook_of(good().document) == good_bytes()


def test_every_list_that_a_drop_down_shows_is_there(book: Workbook) -> None:
    """No column points at a name that the workbook does not have."""
    formulas = [formula for sheet in book for formula, _ in lists(sheet).values()]
    shown = {name for formula in formulas for name in re.findall(r"list_\w+", formula)}
    assert "list_futures" in shown
    assert shown <= set(book.defined_names)
