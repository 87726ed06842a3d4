"""A table of text, ready for a terminal, a markdown file or a page; numbers are formatted before they come here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Item = TypeVar("Item")
Align = Literal["left", "right"]
Column = tuple[str, Align, Callable[[Item], str]]
"""Head with its unit, alignment, and the cell of an item."""


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, how each column aligns, and rows of cells; `note` is a line said under the table."""

    title: str
    heads: tuple[str, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @classmethod
    def of(cls, title: str, items: Iterable[Item], columns: Iterable[Column[Item]]) -> Table:
        """A row an item, a column a (head, alignment, cell)."""
        heads, aligns, cells = zip(*columns, strict=True)
        rows = tuple(tuple(" ".join(cell(item).split()) for cell in cells) for item in items)
        return cls(title, heads, aligns, rows)

    def first(self, limit: int, rest: str) -> Table:
        """The first rows only; the note then says how many more there are and, with `rest`, where."""
        more = len(self.rows) - limit
        return self if more <= 0 else replace(self, rows=self.rows[:limit], note=f"{more:,} more {rest}")
