"""A workbook as its cells say it, before any of them is held to mean something."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.cell import MOST_BYTES, MOST_CELLS, Raw, Tab
from orebook.reading.open_document import is_open_document, open_document_tabs
from orebook.reading.text import fault

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_STRICT = b"http://purl.oclc.org/ooxml/"
_SAYS_WHICH = ("_rels/.rels", "xl/workbook.xml")
_NOT_SHOWN_AS_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""Parts of a number format that stand for themselves: a percent sign among them does not multiply by 100."""
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


def tabs_of(path: Path) -> list[Tab] | Finding:
    """The sheets of a workbook, hidden ones too; a fault where it cannot be opened."""
    if is_open_document(path):
        return open_document_tabs(path)
    try:
        written = opened(path)
    except InputError as error:
        return error.findings[0]
    for sheet in written.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            message = f"reaches to {sheet.dimensions.split(':')[-1]}; delete the rows and columns that hold nothing"
            return fault(sheet.title, None, "too_large", message)
    formulas = any(cell.data_type == "f" for sheet in written for row in sheet.iter_rows() for cell in row)
    values = opened(path, values=True) if formulas else written
    return [_tab(sheet, values[sheet.title]) for sheet in written.worksheets]


def opened(path: Path, *, values: bool = False) -> Workbook:
    """The workbook as openpyxl has it, with what its formulas say or, for `values`, what they last came to.

    Raises InputError where it cannot be opened.
    """
    import openpyxl

    try:
        refused = _refused(path)
        if not refused:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what openpyxl leaves out, such as pictures
                return openpyxl.load_workbook(path, data_only=values)
    except OSError as error:
        refused = f"cannot be read: {error.strerror or error}"
    except Exception as error:  # noqa: BLE001  openpyxl raises whatever it stumbles over
        refused = f"cannot be read as a workbook ({error}); save it as .xlsx again"
    raise InputError([fault(path.name, None, "no_workbook", refused)])


def _refused(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_OR_LOCKED:
        if path.suffix.lower() == ".xls":
            return "is a workbook of the old kind (.xls); save it as .xlsx"
        return "is locked with a password, or of the old kind (.xls); take the password off and save it as .xlsx"
    if not zipfile.is_zipfile(path):
        return "is neither the folder of an instance nor a workbook (.xlsx, .ods)"
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            return f"holds {size} bytes unpacked, too many for an instance"
        if any(part in archive.namelist() and _STRICT in archive.read(part) for part in _SAYS_WHICH):
            return "is a workbook of the kind Strict Open XML; save it as Excel Workbook (.xlsx)"
    return None


def _tab(written: Worksheet, values: Worksheet) -> Tab:
    merged = tuple(str(area) for area in written.merged_cells.ranges)
    unshown = frozenset(line for line, row in written.row_dimensions.items() if row.hidden)
    return Tab(
        written.title,
        tuple(_rows(written, values)),
        merged,
        hidden=written.sheet_state != "visible",
        unshown=unshown,
        filtered=unshown & frozenset(_filtered(written)),
        unshown_columns=frozenset(_unshown_columns(written)),
    )


def _filtered(sheet: Worksheet) -> Iterator[int]:
    """The rows under a filter that is set."""
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    for one in filters:
        if one is not None and one.ref and one.filterColumn:
            lines = [int("".join(c for c in place if c.isdigit())) for place in one.ref.split(":")]
            yield from range(lines[0] + 1, lines[-1] + 1)


def _unshown_columns(sheet: Worksheet) -> Iterator[int]:
    from openpyxl.utils import column_index_from_string

    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            yield from range(first - 1, max(first, min(column.max or first, sheet.max_column)))


def _rows(written: Worksheet, values: Worksheet) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    for line, (says, is_) in enumerate(zip(written.iter_rows(), values.iter_rows(), strict=True), start=1):
        cells = tuple(_raw(formula, value) for formula, value in zip(says, is_, strict=True))
        if not all(cell.blank for cell in cells):
            yield line, cells


def _raw(written: Cell | MergedCell, value: Cell | MergedCell) -> Raw:
    formula = written.data_type == "f"
    return Raw(
        value.value,
        error=value.data_type == "e",
        formula=formula,
        worked_out=not (formula and value.value is None and value.data_type != "str"),
        percent="%" in _NOT_SHOWN_AS_CODE.sub("", written.number_format or ""),
        struck=bool(written.has_style and written.font.strike),
    )
