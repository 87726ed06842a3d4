"""A map of two values: a cell for each pair, the darker the more."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan


@dataclass(frozen=True, slots=True)
class Heat:
    """A row and a column a value; `cells[row][column]` in `unit`, None where there is no plan. Less is better."""

    title: str
    unit: str
    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float | None, ...], ...]

    names = ("the darker, the more",)
    """What the shade is; its class in a drawing."""
    keys = ("bought",)
    cut = ""

    @property
    def known(self) -> bool:
        """Whether any cell has a figure, and nothing of it is withheld."""
        found = [x for row in self.cells for x in row if x is not None]
        return bool(found) and not any(map(isnan, found))

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most."""
        found = [x for row in self.cells for x in row if x is not None]
        return min(found), max(found)

    @property
    def says(self) -> str:
        """The map in a sentence, for who cannot see it."""
        low, high = self.ends
        return f"{len(self.rows)} by {len(self.columns)} cells, from {low:,.6g} to {high:,.6g} {self.unit}."
