"""Where a table stands: what formulas and charts point at. Rows and columns count from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum

from orebook.formats import WITHHELD
from orebook.reading.quoting import letter
from orebook.report.workbook.grid import Formula


@dataclass(frozen=True, slots=True)
class Area:
    """A column's cells, its head apart, and what stands in them."""

    sheet: str
    first: int
    last: int
    place: int
    values: tuple[object, ...]

    @property
    def own(self) -> str:
        """As formulas of its sheet call it: M7:M863."""
        column = letter(self.place)
        return f"{column}{self.first + 1}:{column}{self.last + 1}"

    @property
    def address(self) -> str:
        """As any sheet calls it: 'Buy plan'!$M$7:$M$863."""
        column = letter(self.place)
        return f"'{self.sheet}'!${column}${self.first + 1}:${column}${self.last + 1}"

    @property
    def total(self) -> float:
        """The sum of its numbers, as a spreadsheet sees them."""
        return fsum(v for v in self.values if isinstance(v, int | float))

    @property
    def most(self) -> float:
        """Its largest number; 0 where it has none."""
        return max((v for v in self.values if isinstance(v, int | float)), default=0.0)

    @property
    def withheld(self) -> bool:
        """Whether this copy goes without some of it."""
        return WITHHELD in self.values

    def first_rows(self, rows: int) -> Area:
        """No more than the first rows of it."""
        return replace(self, last=min(self.last, self.first + rows - 1), values=self.values[:rows])


@dataclass(frozen=True, slots=True)
class Placed:
    """A table in its sheet: its columns by head, and the cells that say how far sums are off the judge's."""

    columns: Mapping[str, Area]
    right: int
    heads: int
    end: int
    off: tuple[str, ...] = ()

    def __getitem__(self, head: str) -> Area:
        return self.columns[head]

    def has(self, *heads: str) -> bool:
        """Whether all these columns are there, and nothing of them is withheld."""
        return all(head in self.columns and not self.columns[head].withheld for head in heads)

    def sum(self, head: str) -> Formula:
        """The sum of a column, for another sheet."""
        return Formula(f"=SUM({self[head].address})", self[head].total)
