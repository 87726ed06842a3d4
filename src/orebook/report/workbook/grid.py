"""A table before it stands in a sheet: columns with what they hold, rows as they come, sums and what they must come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import Generic, TypeVar

from orebook.exact import Fraction
from orebook.export.texts import held_text
from orebook.formats import WITHHELD
from orebook.report.workbook.cell_styles import Kind

Item = TypeVar("Item")
Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, `{row}` in it being its own row, with the value that it has as the file is written."""

    text: str
    value: float | str


Cell = Number | str | date | Formula | None


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """Head with its unit, what it holds (of each row, where rows differ), and the cell of an item.

    `sums` puts a sum over it that follows the filter; `judge` is what all of it comes to by the judge.
    """

    head: str
    kind: Kind | Callable[[Item], Kind]
    cell: Callable[[Item], Cell]
    sums: bool = False
    judge: Number | None = None

    def kind_of(self, item: Item) -> Kind:
        """What the item's cell holds."""
        return self.kind(item) if callable(self.kind) else self.kind

    @property
    def sum_kind(self) -> Kind:
        """What its sum is; columns whose rows differ have none."""
        return "number" if callable(self.kind) else self.kind


@dataclass(frozen=True, slots=True)
class Grid(Generic[Item]):
    """A table: `name` is what formulas call it, the first `keys` columns stay in sight."""

    name: str
    columns: tuple[Column[Item], ...]
    items: tuple[Item, ...]
    keys: int = 1

    def shown(self) -> Grid[Item]:
        """Without columns of which all is withheld, and of days where none is known; no two heads alike in any case."""
        columns: list[Column[Item]] = []
        heads: set[str] = set()
        for column in self.columns:
            empty = None if column.kind == "date" else WITHHELD
            if not self.items or any(written(column.cell(item)) != empty for item in self.items):
                head = _unlike(held_text(" ".join(column.head.split())), heads)
                heads.add(head.lower())
                columns.append(replace(column, head=head))
        return replace(self, columns=tuple(columns))


def written(value: Cell) -> int | float | str | date | Formula | None:
    """A value as a cell takes it: fractions as numbers, what is withheld said, no character that no cell can hold."""
    if isinstance(value, str):
        return held_text(value)
    if isinstance(value, float | Fraction):
        return WITHHELD if isnan(value) else float(value)
    return value


def _unlike(head: str, heads: set[str]) -> str:
    """The head, or a numbered one where there is such a head already."""
    names = (head, *(f"{head} ({n})" for n in range(2, len(heads) + 3)))
    return next(name for name in names if name.lower() not in heads)
