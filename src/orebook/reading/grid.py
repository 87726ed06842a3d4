"""A CSV file as a grid of text: the header, and lines that have a cell a column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.text import fault, text_of
from orebook.reading.words import Said


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of a workbook that gives no text, and why; `shown` is what stands in it."""

    shown: str
    said: Said


Content = str | Unread
_FIRST_FEW = 40
"""Rows in which heads are looked for."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Text as typed, blanks around it taken off, with the spreadsheet's row number of the header and of each line."""

    header: int
    columns: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Content, ...]], ...]


def read_grid(path: Path, expected: str) -> Grid:
    """The grid of a CSV file. Raises InputError with every fault of its text."""
    text = text_of(path)
    if isinstance(text, Finding):
        raise InputError([text])
    grid, faults = grid_of(path.name, text, expected)
    if grid is None or faults:
        raise InputError(faults)
    return grid


def grid_of(file: str, text: str, expected: str) -> tuple[Grid | None, list[Finding]]:
    """The grid of a CSV text; none where the header cannot be told. `expected` is the header to show for an empty one.

    Blank lines are passed over, ragged ones are faults and left out.
    """
    found: list[Finding] = []
    lines = list(_lines(file, text, found))
    if not lines:
        if not found:
            found.append(fault(file, None, "empty_file", f"is empty; write the header {expected}"))
        return None, found
    if below := heads_below(expected, lines):
        return None, [*found, fault(file, *below)]
    (top, header), *body = lines
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            message = f"is separated by {name}; separate the columns with commas, and write decimals with a point"
            return None, [fault(file, top, "wrong_separator", message)]
    found += _ragged(file, len(header), body)
    whole = tuple((line, cells) for line, cells in body if len(cells) == len(header))
    return Grid(top, header, whole), found


def heads_below(expected: str, lines: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, str, str] | None:
    """The row, check and message where the heads that are expected stand in a row below the first; else None."""

    def has(cells: Sequence[str]) -> int:
        parts = cells[0].replace(";", "\t").split("\t") if len(cells) == 1 else cells
        return len(needed.intersection(part.strip().casefold() for part in parts))

    needed = set(expected.split(","))
    if not lines or has(lines[0][1]):
        return None
    row = next((line for line, cells in lines[1:_FIRST_FEW] if has(cells) == len(needed)), None)
    if row is None:
        return None
    above = "rows" if row - lines[0][0] > 1 else "row"
    return row, "heads_below", f"the heads seem to be in row {row}; take out the {above} above, so that they come first"


def _lines(file: str, text: str, found: list[Finding]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines that hold something, numbered; stops at quotes that do not match, which is a fault."""
    line = 0
    try:
        for line, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            stripped = tuple(c.strip() for c in cells)
            if any(stripped):
                yield line, stripped
    except csv.Error:
        message = "has quotes that do not match; put a text that holds a comma in quotes, and a quote in it twice"
        found.append(fault(file, line + 1, "broken_quotes", message))


def _ragged(file: str, width: int, lines: list[tuple[int, tuple[str, ...]]]) -> Iterator[Finding]:
    for line, cells in lines:
        if len(cells) != width:
            message = (
                f"has {len(cells)} cells, the header {width}; a text with a comma goes in quotes, "
                "a decimal has a point, a blank cell keeps its comma"
            )
            yield fault(file, line, "ragged_row", message)
