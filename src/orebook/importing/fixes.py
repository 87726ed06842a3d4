"""Cells that a mapping has read as another text than stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orebook.importing.blocks import Block, Line
from orebook.importing.figures import Notes, shown_value
from orebook.importing.mapping import Fix
from orebook.reading.raw import Raw


def fixed(blocks: Sequence[Block], fixes: Sequence[Fix], notes: Notes) -> tuple[list[Block], dict[str, Fix]]:
    """The tables with these cells changed, and which were; a fix of a cell that holds something else is left undone."""
    wanted = {fix.cell: fix for fix in fixes}
    done: dict[str, Fix] = {}
    mended = [replace(block, lines=tuple(_line(block, line, wanted, done) for line in block.lines)) for block in blocks]
    for cell, fix in wanted.items():
        if cell not in done:
            says = f'does not hold "{fix.was}" any more, which the mapping has read as "{fix.read}"'
            notes.fault("fix_undone", cell, f"{says}; take the [[fix]] out, or name its cell anew")
    return mended, done


def _line(block: Block, line: Line, wanted: dict[str, Fix], done: dict[str, Fix]) -> Line:
    cells = list(line.cells)
    for head in block.heads:
        fix = wanted.get(block.at(line.number, head.place))
        if fix is not None and shown_value(line.cell(head.place).value) == fix.was:
            cells[head.place] = Raw(fix.read or None)
            done[fix.cell] = fix
    return replace(line, cells=tuple(cells))
