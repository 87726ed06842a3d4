"""The sheet of a table as a grid of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from orebook.findings import Finding
from orebook.reading.cell import Raw, Tab
from orebook.reading.grid import Content, Grid, heads_below
from orebook.reading.numbers import text_of_number
from orebook.reading.plain_text import read_as, text_of
from orebook.reading.quoting import letter
from orebook.reading.tables import header_of
from orebook.reading.text import fault
from orebook.reading.unshown import unshown
from orebook.reading.words import unit_of
from orebook.schema.base import Row


def grid_of(tab: Tab, model: type[Row]) -> tuple[Grid | None, dict[str, str], list[Finding]]:
    """The grid of a sheet, the letter of each column, and its faults; the first row with something is the header.

    Blank rows and columns are passed over; what is hidden from sight counts like the rest, which is warned of.
    """
    below = heads_below(header_of(model), [(line, [_name(cell) for cell in cells]) for line, cells in tab.rows])
    if below:
        return None, {}, [replace(fault(tab.title, *below), cell=f"{tab.title}!A{below[0]}")]
    found = [*merged(tab), *unshown(tab)]
    if not tab.rows:
        message = f"is empty; write the header {header_of(model)}"
        return None, {}, [*found, fault(tab.title, None, "empty_sheet", message)]
    (top, heads), *body = tab.rows
    places = [k for k in range(len(heads)) if any(not cells[k].blank for _, cells in tab.rows)]
    names = {k: _name(heads[k]) for k in places}
    found += [
        replace(
            fault(tab.title, top, "unknown_column", "has a column without a name; name it or take it out"),
            cell=f"{tab.title}!{letter(k)}{top}",
        )
        for k in places
        if not names[k]
    ]
    named = [k for k in places if names[k]]
    kinds = {k: read_as(model, names[k]) if names[k] in model.model_fields else None for k in named}
    lines: list[tuple[int, tuple[Content, ...]]] = []
    for line, cells in body:
        texts = tuple(text_of(cells[k], kind) if (kind := kinds[k]) else _name(cells[k]) for k in named)
        if any(texts):
            lines.append((line, texts))
            found += [f for k in named for f in percent(tab.title, line, names[k], cells[k], model)]
    letters = {names[k]: letter(k) for k in named}
    return Grid(top, tuple(names[k] for k in named), tuple(lines)), letters, found


def merged(tab: Tab) -> Iterator[Finding]:
    """Ranges that are merged: all of their cells but the first are blank, which is seldom meant."""
    for area in tab.merged:
        says = "is merged, so only its first cell counts; unmerge it, and write every cell"
        first = int("".join(c for c in area.split(":")[0] if c.isdigit()))
        yield replace(fault(tab.title, first, "merged_cells", says), cell=f"{tab.title}!{area}")


def _name(raw: Raw) -> str:
    return "" if raw.value is None else str(raw.value).strip()


def percent(title: str, line: int, column: str, raw: Raw, model: type[BaseModel]) -> Iterator[Finding]:
    """A number shown as a percentage in a column of percentages: 0.25 is shown as 25 % there, and is 0.25 %."""
    field = model.model_fields.get(column)
    if field is None or not unit_of(field).startswith("%") or not raw.percent or not raw.value:
        return
    if isinstance(raw.value, int | float):
        value, meant = text_of_number(raw.value), f"{100 * raw.value:.12g}"
        says = f"{value} is shown as {meant} %, and would count as {value} %; format the cell as a number, and write {meant}"
        yield Finding("fault", "shown_as_percent", title, line, column, value, says)
