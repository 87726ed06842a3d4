"""A workbook of the kind OpenDocument (.ods) as its cells say it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from orebook.findings import Finding
from orebook.reading.cell import MOST_BYTES, MOST_CELLS, Raw, Tab
from orebook.reading.text import fault
from orebook.reading.zipped import UNREADABLE

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _STYLE, _TEXT = (f"{_URN}{part}:1.0}}" for part in ("table", "office", "style", "text"))
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CONTENT = "content.xml"
_BLANK = Raw(None)
_MOST_COLUMNS = 16_384
_NUMBERS = ("float", "percentage", "currency")


@dataclass(frozen=True, slots=True)
class _Styles:
    """Names of styles by which sheets are not shown, and cells are struck out."""

    hidden: frozenset[str]
    struck: frozenset[str]


def is_open_document(path: Path) -> bool:
    """Whether a file is a zip with a spreadsheet of this kind in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            kind = archive.read("mimetype") if "mimetype" in archive.namelist() else b""
    except UNREADABLE:
        return False
    return kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def open_document_tabs(path: Path) -> list[Tab] | Finding:
    """The sheets, hidden ones too; a fault where it cannot be read, or is too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = archive.getinfo(_CONTENT).file_size
            if size > MOST_BYTES:
                return fault(path.name, None, "no_workbook", f"holds {size} bytes unpacked, too many for an instance")
            text = archive.read(_CONTENT)
        if b"<!DOCTYPE" in text:  # no such document has one, and what one may hold is nobody's table
            return fault(path.name, None, "no_workbook", "holds a document type, which no .ods does; save it anew")
        content = ElementTree.fromstring(text)
        styles = _styles(content)
        return [_tab(table, styles) for table in content.iter(f"{_TABLE}table")]
    except (*UNREADABLE, KeyError, ElementTree.ParseError) as error:
        says = f"cannot be read as a workbook ({error}); take the password off if it has one, and save it as .ods again"
        return fault(path.name, None, "no_workbook", says)


def _styles(content: Element) -> _Styles:
    hidden, struck = set[str](), set[str]()
    for style in content.iter(f"{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        for part in style:
            if part.get(f"{_TABLE}display") == "false":
                hidden.add(name)
            if part.get(f"{_STYLE}text-line-through-style", "none") != "none":
                struck.add(name)
    return _Styles(frozenset(hidden), frozenset(struck))


def _tab(table: Element, styles: _Styles) -> Tab:
    rows: list[tuple[int, tuple[Raw, ...]]] = []
    merged: list[str] = []
    unshown, filtered = set[int](), set[int]()
    line = 1
    for row in _rows(table):
        times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = _cells(row, line, styles, merged)
        visible = row.get(f"{_TABLE}visibility", "visible")
        if cells and times * len(cells) <= MOST_CELLS:
            lines = range(line, line + times)
            rows += [(number, tuple(cells)) for number in lines]
            unshown |= set(lines) if visible != "visible" else set()
            filtered |= set(lines) if visible == "filter" else set()
        line += times
    width = max((len(cells) for _, cells in rows), default=0)
    padded = tuple((number, cells + (_BLANK,) * (width - len(cells))) for number, cells in rows)
    tab = Tab(
        table.get(f"{_TABLE}name", ""), padded, tuple(merged), unshown=frozenset(unshown), filtered=frozenset(filtered)
    )
    return replace(tab, hidden=table.get(f"{_TABLE}style-name", "") in styles.hidden)


def _rows(part: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and under headers too."""
    for child in part:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-row-group", f"{_TABLE}table-rows", f"{_TABLE}table-header-rows"):
            yield from _rows(child)


def _cells(row: Element, line: int, styles: _Styles, merged: list[str]) -> list[Raw]:
    """The cells of a row up to the last that holds something; none where all are blank."""
    from openpyxl.utils import get_column_letter

    cells: list[Raw] = []
    waiting = 0  # blank cells, which count only where another follows
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        wide, high = (int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("columns", "rows"))
        if wide > 1 or high > 1:
            first, last = len(cells) + waiting + 1, len(cells) + waiting + wide
            merged.append(f"{get_column_letter(first)}{line}:{get_column_letter(last)}{line + high - 1}")
        raw = _raw(cell, styles) if cell.tag == f"{_TABLE}table-cell" else _BLANK
        if raw.blank:
            waiting += times
        else:
            cells += [_BLANK] * waiting + [raw] * min(times, _MOST_COLUMNS)
            waiting = 0
    return cells


def _raw(cell: Element, styles: _Styles) -> Raw:
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula") is not None
    return Raw(
        _value(cell, kind),
        error=cell.get(_EXTENDED) == "error",
        formula=formula,
        worked_out=not (formula and not kind),
        percent=kind == "percentage",
        struck=cell.get(f"{_TABLE}style-name", "") in styles.struck,
    )


def _value(cell: Element, kind: str) -> Any:
    if kind in _NUMBERS:
        number = float(cell.get(f"{_OFFICE}value", "nan"))
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", ""))
    lines = ["".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p")]
    return "\n".join(lines) or None
