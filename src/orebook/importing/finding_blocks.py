"""The tables of a sheet found: one under another or side by side, under titles, with heads in one row or two."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from orebook.importing.blocks import BLANK, UNHEADED, Block, Head
from orebook.importing.cell_kinds import count, head_text, is_head, is_word, units_alone
from orebook.importing.sections import SheetRow, sections_of
from orebook.importing.side_by_side import bands, corners
from orebook.reading.cell import Raw, Tab
from orebook.reading.filler_words import is_note, is_total
from orebook.reading.quoting import letter

_AHEAD = 5
"""Rows under a head that are looked at to tell whether it is one."""


def blocks_of(tab: Tab, *, hidden: bool = False) -> list[Block]:
    """The tables of a sheet, from the top; a label among the rows begins a section with the same heads.

    Rows that are out of sight or struck out are left out, unless `hidden` ones are to be read.
    """
    if hidden:
        shown = tuple((line, tuple(replace(cell, struck=False) for cell in cells)) for line, cells in tab.rows)
        tab = replace(tab, rows=shown, unshown=frozenset(), filtered=frozenset())
    return [block for band in bands(tab) for block in _Scan(tab, band).blocks()]


@dataclass
class _Scan:
    """Goes down the rows of a sheet, or of a part of it."""

    tab: Tab
    rows: list[SheetRow]
    found: list[Block] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        titles: list[str] = []
        at = 0
        while at < len(self.rows):
            line, cells = self.rows[at]
            if not self._heads_at(at):
                titles += [str(cell.value).strip() for cell in cells if not cell.blank] if count(cells) < 3 else []
                at += 1
                continue
            heads, body = self._heads(at)
            end = next((k for k in range(body, len(self.rows)) if self._begins_anew(k, body, heads)), len(self.rows))
            while body < end - 1 and end < len(self.rows) and self._is_title(end - 1):
                end -= 1
            block = Block(self.tab.title, tuple(titles), line, self._with_unheaded(heads, body, end), ())
            self.found += sections_of(block, self.rows[body:end], self.tab)
            titles, at = [], end
        return self.found

    def _heads_at(self, at: int) -> bool:
        """Whether the heads of a table stand in a row: words alone, about as many as the rows below are wide."""
        filled = [cell for cell in self.rows[at][1] if not cell.blank]
        if len(filled) < 2 or not all(map(is_head, filled)) or not any(map(is_word, filled)):
            return False
        wide = [n for _, cells in self.rows[at + 1 : at + 1 + _AHEAD] if (n := count(cells)) > 1]
        label_and_value = len(filled) == 2 and str(filled[0].value).strip().endswith(":")
        return bool(wide) and len(filled) * 2 >= max(wide) and not label_and_value

    def _heads(self, at: int) -> tuple[tuple[Head, ...], int]:
        """The heads that begin in a row, joined with those of a second row and with units in a row of their own."""
        texts = self._texts(at)
        at += 1
        if at < len(self.rows) - 1 and self._second_row(at, texts):
            upper, lower = self._over(at - 1), self._texts(at)
            places = sorted(upper.keys() | lower.keys())
            texts = {k: " ".join(dict.fromkeys(filter(None, (upper.get(k), lower.get(k))))) for k in places}
            at += 1
        if at < len(self.rows) - 1 and units_alone(self.rows[at][1]):
            for k, unit in self._texts(at).items():
                texts[k] = f"{texts.get(k, '')} ({unit.strip('()[] ')})".strip()
            at += 1
        return tuple(Head(k, " ".join(text.split())) for k, text in sorted(texts.items()) if text), at

    def _with_unheaded(self, heads: tuple[Head, ...], body: int, end: int) -> tuple[Head, ...]:
        """The heads, and one for each column that holds something in a row of several cells and has none."""
        rows = [cells for _, cells in self.rows[body:end] if count(cells) > 1]
        headed = {head.place for head in heads}
        filled = {k for cells in rows for k, cell in enumerate(cells) if not cell.blank}
        extra = [Head(k, f"{UNHEADED}{letter(k)}") for k in filled - headed]
        return tuple(sorted([*heads, *extra], key=lambda head: head.place))

    def _texts(self, at: int) -> dict[int, str]:
        return {k: head_text(cell) for k, cell in enumerate(self.rows[at][1]) if not cell.blank}

    def _second_row(self, at: int, upper: dict[int, str]) -> bool:
        """Whether a row of words under a head is a part of it: the upper one has merged cells or gaps over some of them."""
        cells = self.rows[at][1]
        filled = [k for k, cell in enumerate(cells) if not cell.blank]
        if len(filled) < 2 or not all(is_head(cells[k]) for k in filled) or units_alone(cells):
            return False
        return any(k not in upper for k in filled) and (bool(self._merged(at - 1)) or self._heads_at(at))

    def _merged(self, at: int) -> dict[int, int]:
        """The areas of a row that are merged over several columns: first place -> last place."""
        areas = [corners(area) for area in self.tab.merged]
        line = self.rows[at][0]
        return {left - 1: right - 1 for left, top, right, _ in areas if top == line and left != right}

    def _over(self, at: int) -> dict[int, str]:
        """The upper heads, each over the columns of its merged area or, where none is merged, up to the next."""
        texts, merged = self._texts(at), self._merged(at)
        places = sorted(texts)
        spread: dict[int, str] = {}
        for k, following in zip(places, [*places[1:], len(self.rows[at][1])], strict=True):
            last = merged.get(k, k if merged else following - 1)
            spread |= dict.fromkeys(range(k, last + 1), texts[k])
        return spread

    def _begins_anew(self, at: int, body: int, heads: tuple[Head, ...]) -> bool:
        """Whether the heads of another table stand in a row: words where this table has figures, after a gap or title."""
        cells = self.rows[at][1]
        if at == body or not self._heads_at(at):
            return False
        if [head_text(cells[h.place]) for h in heads] == [h.text for h in heads]:
            return self._is_title(at - 1)  # without a title they are the same heads again, as on a printed page
        gap = self.rows[at][0] - self.rows[at - 1][0] > 1 or count(self.rows[at - 1][1]) == 1
        before = self.rows[body : min(at, body + _AHEAD)]
        figures = [k for k in range(len(cells)) if any(_is_figure(row[k]) for _, row in before)]
        return gap and any(is_word(cells[k]) for k in figures)

    def _is_title(self, at: int) -> bool:
        cells = self.rows[at][1]
        only: Raw = next((cell for cell in cells if not cell.blank), BLANK)
        text = str(only.value)
        return count(cells) == 1 and is_word(only) and not is_total(text) and not is_note(text)


def _is_figure(cell: Raw) -> bool:
    return not cell.blank and not is_word(cell)
