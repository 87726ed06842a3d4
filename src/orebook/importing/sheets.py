"""A planner's book as sheets of cells: a workbook, a CSV file, or a folder of either."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.cell import Raw, Tab
from orebook.reading.raw import tabs_of
from orebook.reading.text import fault, text_of

TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm", ".ods")
_SEPARATORS = ",;\t|"
_FIRST_FEW = 30


def sheets_of(path: Path) -> list[Tab]:
    """The sheets of a book, in order; those of a folder's files by name. Raises InputError where one cannot be read."""
    if path.is_dir():
        files = sorted(
            p for p in path.iterdir() if p.suffix.lower() in TEXTS + BOOKS and not p.name.startswith((".", "~$"))
        )
        if not files:
            raise InputError(
                [fault(str(path), None, "no_book", "holds no .csv and no .xlsx; name a book or its folder")]
            )
        return [tab for file in files for tab in _sheets(file)]
    if not path.is_file():
        raise InputError(
            [fault(str(path), None, "no_book", "is not there; name a workbook, a CSV file or a folder of them")]
        )
    return _sheets(path)


def _sheets(path: Path) -> list[Tab]:
    if path.suffix.lower() in TEXTS:
        return [_text_sheet(path)]
    tabs = tabs_of(path)
    if isinstance(tabs, Finding):
        raise InputError([tabs])
    return tabs


def _text_sheet(path: Path) -> Tab:
    """A file of separated text: what parts its columns is what parts most lines into equally many."""
    text = text_of(path)
    if isinstance(text, Finding):
        raise InputError([text])
    separator = max(_SEPARATORS, key=lambda mark: _evenness(text, mark))
    return Tab(path.stem, tuple(_lines(text, separator)))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines have the commonest number of cells over one, and that number."""
    widths = [
        len(cells)
        for _, cells in zip(range(_FIRST_FEW), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
    ]
    several = [width for width in widths if width > 1]
    commonest = max(several, key=several.count, default=0)
    return several.count(commonest), commonest


def _lines(text: str, separator: str) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    width = max(map(len, rows), default=0)
    for line, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            padded = [cell.strip() or None for cell in cells] + [None] * (width - len(cells))
            yield line, tuple(Raw(cell) for cell in padded)
