"""Tables on a sheet: where their heads stand, and which rows are theirs."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.reading.cell import Raw
from orebook.reading.quoting import letter

BLANK = Raw(None)
UNHEADED = "column "
"""How a column without a head is called, before its letter."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its place from 0, and its text, that of several rows joined."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `cells` by place."""

    number: int
    cells: tuple[Raw, ...]

    def cell(self, place: int) -> Raw:
        """The cell in a column; a blank one where the row ends before."""
        return self.cells[place] if place < len(self.cells) else BLANK


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no data, and why."""

    number: int
    place: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A table on a sheet. `section` is the label within it under which these rows stand, such as `In transit`."""

    sheet: str
    titles: tuple[str, ...]
    line: int
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    section: str | None = None
    left_out: tuple[LeftOut, ...] = ()

    def at(self, line: int, place: int) -> str:
        """The address of a cell."""
        return f"{self.sheet}!{letter(place)}{line}"

    @property
    def corner(self) -> str:
        """The address of the first head."""
        return self.at(self.line, self.heads[0].place)

    @property
    def names(self) -> list[str]:
        """The heads as a mapping names them: one that stands there twice is numbered."""
        times: dict[str, int] = {}
        names = []
        for head in self.heads:
            times[head.text] = times.get(head.text, 0) + 1
            names.append(head.text if times[head.text] == 1 else f"{head.text} #{times[head.text]}")
        return names
