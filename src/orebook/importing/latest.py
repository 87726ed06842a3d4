"""Tables with a row a year: the last year of each mineral counts."""

from __future__ import annotations

from dataclasses import replace

from orebook.importing.blocks import Block, Line
from orebook.importing.figures import Notes, shown_value
from orebook.importing.mapping import BlockMap
from orebook.importing.periods import period_of


def latest(block: Block, said: BlockMap, notes: Notes) -> Block:
    """The table with the row of the last year of each mineral alone, where a column says the year."""
    place = {
        c.to: h.place for h, n in zip(block.heads, block.names, strict=True) if (c := said.columns.get(n)) is not None
    }
    if "year" not in place:
        return block
    last: dict[str, tuple[int, Line]] = {}
    for line in block.lines:
        period = period_of(line.cell(place["year"]).value)
        year = period.first.year if period is not None else 0
        name = shown_value(line.cell(place["mineral"]).value) if "mineral" in place else ""
        if name not in last or last[name][0] < year:
            last[name] = (year, line)
    kept = {line.number for _, line in last.values()}
    for line in block.lines:
        if line.number not in kept:
            notes.warn(
                "row_left_out", block.at(line.number, place["year"]), "the row is of an earlier year, and is left out"
            )
    return replace(block, lines=tuple(line for line in block.lines if line.number in kept))
