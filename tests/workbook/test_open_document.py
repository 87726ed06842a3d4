"""Workbooks of the kind OpenDocument (.ods): read as those of Excel are, as an instance and as a planner's book."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

import orebook
from orebook.findings import Finding
from orebook.reading.cell import Tab
from orebook.reading.raw import tabs_of

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = (
    '<style:style style:name="out"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>'
)


BAD_NUMBER = (
    f'<office:document-content {NAMESPACES}><office:body><office:spreadsheet><table:table table:name="S"><table:table-row>'
    '<table:table-cell office:value-type="float" office:value="seven"/></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def _cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if value.startswith("<"):
        return str(value)
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def _row(cells: list[Any], attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(map(_cell, cells))}</table:table-row>"


def _write(path: Path, sheets: dict[str, str], content: str = "") -> Path:
    """A file with these rows by sheet; a name with a ! is of a sheet that is hidden."""
    tables = "".join(
        f'<table:table table:name="{name.strip("!")}" table:style-name="{"out" if "!" in name else ""}">{rows}</table:table>'
        for name, rows in sheets.items()
    )
    text = (
        f'<office:document-content {NAMESPACES} {CALC}><office:automatic-styles>{STYLES}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content or text)
    return path


def _tabs(path: Path) -> list[Tab]:
    tabs = tabs_of(path)
    assert not isinstance(tabs, Finding), tabs
    return tabs


def test_values_of_every_kind(tmp_path: Path) -> None:
    """Numbers, per cent, money, dates, truth, texts of two lines, a failed formula, one never worked out, a struck cell."""
    typed = [
        '<table:table-cell office:value-type="percentage" office:value="0.012"><text:p>1.2 %</text:p></table:table-cell>',
        '<table:table-cell office:value-type="currency" office:currency="EUR" office:value="12"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        '<table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>",
        '<table:table-cell table:formula="of:=1+1"/>',
        '<table:table-cell table:style-name="struck" office:value-type="string"><text:p>x</text:p></table:table-cell>',
    ]
    (tab,) = _tabs(_write(tmp_path / "book.ods", {"S": _row(["tin", 1.5, date(2027, 3, 1), *typed])}))
    ((line, cells),) = tab.rows
    assert (line, [cell.value for cell in cells]) == (
        1,
        ["tin", 1.5, datetime(2027, 3, 1), 0.012, 12, True, "a\nb", "#N/A", None, "x"],
    )
    assert [k for k, cell in enumerate(cells) if cell.percent] == [3]
    assert [k for k, cell in enumerate(cells) if cell.error] == [7]
    assert [k for k, cell in enumerate(cells) if not cell.worked_out] == [8]
    assert [k for k, cell in enumerate(cells) if cell.struck] == [9]


def test_what_is_repeated_hidden_and_merged(tmp_path: Path) -> None:
    """Blank rows by the million are none; rows and cells that repeat are each there; filters, groups and merged cells."""
    rows = (
        '<table:table-header-rows>' + _row(["a", "b"]) + "</table:table-header-rows>"
        + _row([], 'table:number-rows-repeated="3"')
        + _row(['<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>', None],
               'table:number-rows-repeated="2"')
        + "<table:table-row-group>" + _row([8, 9], 'table:visibility="collapse"') + "</table:table-row-group>"
        + _row([10], 'table:visibility="filter"')
        + _row(['<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string">'
                "<text:p>wide</text:p></table:table-cell>", "<table:covered-table-cell/>"])
        + _row([], 'table:number-rows-repeated="1048500"')
    )  # fmt: skip
    shown, hidden = _tabs(_write(tmp_path / "book.ods", {"S": rows, "Notes!": _row(["x", "y"])}))
    assert [(line, [cell.value for cell in cells]) for line, cells in shown.rows] == [
        (1, ["a", "b"]), (5, [7, 7]), (6, [7, 7]), (7, [8, 9]), (8, [10, None]), (9, ["wide", None]),
    ]  # fmt: skip
    assert (shown.unshown, shown.filtered, shown.merged) == (frozenset({7, 8}), frozenset({8}), ("A9:B9",))
    assert (shown.hidden, hidden.hidden) == (False, True)


@pytest.mark.parametrize("content", ["<not", BAD_NUMBER, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_broken_is_refused(tmp_path: Path, content: str) -> None:
    """XML that is none, a number that is none, and a document type."""
    path = _write(tmp_path / "book.ods", {}, content)
    assert isinstance(tabs_of(path), Finding)
    with pytest.raises(orebook.InputError):
        orebook.read(path)


def test_it_is_an_instance(tmp_path: Path) -> None:
    """A sheet a table, as in .xlsx."""
    sheets = {
        "Instance": _row(["key", "value"])
        + _row(["name", "small"])
        + _row(["weeks", 2])
        + _row(["start", date(2027, 3, 1)]),
        "Minerals": _row(["mineral", "daily_use_t", "price_usd_per_t"]) + _row(["tin", 1, 30000]),
        "Houses": _row(["house"]) + _row(["traxys"]),
        "Offers": _row(["offer", "house", "mineral", "lot_t"]) + _row(["a", "traxys", "tin", 0.5]),
    }
    problem = orebook.read(_write(tmp_path / "book.ods", sheets))
    assert (problem.weeks, problem.offers["a"].lot_t, problem.document.instance.start) == (2, 0.5, date(2027, 3, 1))


def test_it_is_a_planners_book(tmp_path: Path) -> None:
    """Quotes with heads in the second row; a cell shown as per cent is per cent."""
    pct = '<table:table-cell office:value-type="percentage" office:value="0.012"/>'
    rows = _row(["Quotes of the week"]) + _row(["Supplier", "Metal", "Price (USD/kg)", "Commission"])
    path = _write(tmp_path / "book.ods", {"Quotes": rows + _row(["Traxys", "Tin", 31.5, pct])})
    problem = orebook.import_book(path).problem
    assert problem is not None
    assert (problem.offers["traxys-tin"].price_usd_per_t, problem.houses["Traxys"].commission_pct) == (31500, 1.2)
