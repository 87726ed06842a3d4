"""The rows under the heads of a table: its data by section, and totals, notes and rows out of sight left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orebook.importing.blocks import UNHEADED, Block, LeftOut, Line
from orebook.importing.cell_kinds import count, head_text, is_word
from orebook.reading.cell import Raw, Tab
from orebook.reading.filler_words import is_note, is_total, may_be_total

SheetRow = tuple[int, tuple[Raw, ...]]


def sections_of(block: Block, rows: Sequence[SheetRow], tab: Tab) -> Iterator[Block]:
    """The block with its rows and, for each label among them, a block of the rows below it."""
    last = max((k for k, (_, cells) in enumerate(rows) if count(cells) > 1), default=-1)
    section: str | None = None
    lines: list[Line] = []
    out: list[LeftOut] = []
    for k, (number, cells) in enumerate(rows):
        first = next((j for j, cell in enumerate(cells) if not cell.blank), 0)
        text = str(cells[first].value).strip()
        why = _no_data(block, number, cells, tab)
        if why is None and count(cells) == 1 and is_word(cells[first]):
            if k < last:
                yield replace(block, lines=tuple(lines), section=section, left_out=tuple(out))
                section, lines, out = text, [], []
                continue
            why = "stands alone under the table"
        if why is not None:
            out.append(LeftOut(number, first, why, text))
        else:
            lines.append(Line(number, cells))
    yield replace(block, lines=tuple(lines), section=section, left_out=tuple(out))


def _no_data(block: Block, number: int, cells: Sequence[Raw], tab: Tab) -> str | None:
    """Why a row is none of the data; None where it is one."""
    heads = [head for head in block.heads if not head.text.startswith(UNHEADED)]
    if [head_text(cells[h.place]) for h in heads] == [h.text for h in heads]:
        return "repeats the heads"
    if number in tab.filtered:
        return "is filtered out of sight"
    if number in tab.unshown:
        return "is hidden"
    if all(cell.struck for cell in cells if not cell.blank):
        return "is struck out"
    names = [str(cell.value).strip() for cell in cells if is_word(cell)]
    labels = [k for k in (h.place for h in block.heads[:2]) if is_word(cells[k])]
    if any(is_total(str(cells[k].value)) for k in labels) or (names and all(map(may_be_total, names))):
        return "is a totals row"
    if count(cells) == 1 and names and is_note(names[0]):
        return "is a note"
    if labels and not any(c.isalnum() for c in str(cells[labels[0]].value)):
        return "has no name"
    if not names and count(cells) > 1 and cells[block.heads[0].place].blank:
        return "has no name, as a totals row has none"
    return None
