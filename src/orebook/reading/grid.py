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
    """The row, check and message where the heads stand in a row below the first, which is a title; else None.

    They are those that are expected or, under a title that stands alone, whatever fills several columns first.
    """
    needed = set(expected.split(","))
    (top, first), *rest = [(line, _parts(cells)) for line, cells in lines[:_FIRST_FEW]] or [(0, needed)]
    if needed & first:
        return None
    row = next((line for line, heads in rest if needed <= heads), None)
    if row is None and len(needed) > 1 and len(first) == 1:
        row = next((line for line, heads in rest if len(heads) > 1), None)
    if row is None:
        return None
    above = "rows" if row - top > 1 else "row"
    return row, "heads_below", f"the heads seem to be in row {row}; take out the {above} above, so that they come first"


def _parts(cells: Sequence[str]) -> set[str]:
    """What stands in the cells of a line, whatever parts them, in lower case."""
    parts = cells[0].replace(";", "\t").split("\t") if len(cells) == 1 else cells
    return {bare for part in parts if (bare := part.strip().casefold())}


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
