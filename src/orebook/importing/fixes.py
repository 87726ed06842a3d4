"""Cells that a mapping has read as another text than stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orebook.importing.blocks import Block, Line
from orebook.importing.figures import Notes, shown_value
from orebook.importing.mapping import Fix
from orebook.reading.cell import Raw


def fixed(blocks: Sequence[Block], fixes: Sequence[Fix], notes: Notes) -> tuple[list[Block], dict[str, Fix]]:
    """The tables with these cells changed, and which were, by address; a fix that fits no cell is a fault."""
    done: dict[str, Fix] = {}
    mended = [replace(block, lines=tuple(_line(block, line, fixes, done) for line in block.lines)) for block in blocks]
    for fix in fixes:
        if fix not in done.values():
            where = f'no row of {" and ".join(fix.row) or "the sheet"} has "{fix.was}" under "{fix.head}" any more'
            says = f'{where}, which the mapping has read as "{fix.read}"; take the [[fix]] out, or mend it'
            notes.fault("fix_undone", fix.sheet, says)
    return mended, done


def _line(block: Block, line: Line, fixes: Sequence[Fix], done: dict[str, Fix]) -> Line:
    mine = [fix for fix in fixes if fix.sheet == block.sheet]
    if not mine:
        return line
    texts = {shown_value(cell.value) for cell in line.cells if not cell.blank}
    cells = list(line.cells)
    for fix in mine:
        for head, name in zip(block.heads, block.names, strict=True):
            fits = name == fix.head and shown_value(line.cell(head.place).value) == fix.was
            if fits and set(fix.row) <= texts:
                cells[head.place] = Raw(fix.read or None)
                done[block.at(line.number, head.place)] = fix
    return replace(line, cells=tuple(cells))
