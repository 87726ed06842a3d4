"""A table of text, ready for a terminal, a markdown file or a page; numbers are formatted before they come here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from orebook.formats import WITHHELD

Item = TypeVar("Item")
Align = Literal["left", "right", "words"]
"""`words` is a cell of sentences, which is read from the left and given room."""
Column = tuple[str, Align, Callable[[Item], str]]
"""Head with its unit, alignment, and the cell of an item."""
LONG = 80
"""Rows that a reader scrolls past, at most."""


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, how each column aligns, and rows of cells; `note` is a line said under the table.

    A `folded` table of a page is opened by whoever wants it; so is a long one.
    """

    title: str
    heads: tuple[str, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    folded: bool = False

    @classmethod
    def of(cls, title: str, items: Iterable[Item], columns: Iterable[Column[Item]]) -> Table:
        """A row an item, a column a (head, alignment, cell); columns of which nothing is left are left out."""
        listed = list(items)
        shown = []
        for head, align, cell in columns:
            cells = tuple(" ".join(cell(item).split()) for item in listed)
            if WITHHELD not in cells or {*cells} - {WITHHELD, ""}:
                shown.append((head, align, cells))
        heads, aligns, cells_of = zip(*shown, strict=True)
        return cls(title, heads, aligns, tuple(zip(*cells_of, strict=True)))

    @property
    def closed(self) -> bool:
        """Whether a page shows its title alone at first."""
        return self.folded or len(self.rows) > LONG

    @property
    def wordy(self) -> bool:
        """Whether a cell holds sentences, so that a narrow page stacks the cells of a row."""
        return "words" in self.aligns

    def first(self, limit: int, rest: str) -> Table:
        """The first rows only; the note then says how many more there are and, with `rest`, where."""
        more = len(self.rows) - limit
        return self if more <= 0 else replace(self, rows=self.rows[:limit], note=f"{more:,} more {rest}")

    def fold(self) -> Table:
        """The same table, folded."""
        return replace(self, folded=True)

    def noted(self, note: str) -> Table:
        """The same table with a line under it."""
        return replace(self, note=note)
