"""Who reads the cells of a book: its mapping, calendar and rates, and what is to be said of what is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from orebook.exact import Fraction
from orebook.importing.figures import Notes
from orebook.importing.mapping import Fix, Mapping
from orebook.importing.periods import Calendar
from orebook.importing.rates import Rates


@dataclass(slots=True)
class Reader:
    """What cells are read by; what cannot be read, or only so, is noted."""

    mapping: Mapping
    calendar: Calendar | None
    rates: Rates
    notes: Notes
    as_of: date | None = None
    """The day of the book."""
    benchmarks: dict[str, Fraction] = field(default_factory=dict)
    """mineral -> USD/t, of those read so far."""
    fixes: dict[str, Fix] = field(default_factory=dict)
    """cell -> how the mapping has it read."""
    heads: dict[str, tuple[str, str]] = field(default_factory=dict)
    """A sheet's column, such as `Quotes!G` -> the sheet and the column's head."""
    spelled: dict[tuple[str, str], str] = field(default_factory=dict)
    """(field, what a name looks like) -> the name as it was first written."""
    suggested: list[Fix] = field(default_factory=list)
    """Fixes that the planner may want."""

    def head_of(self, cell: str) -> tuple[str, str]:
        """The sheet and the head of a cell's column, empty where it has none."""
        return self.heads.get(cell.rstrip("0123456789"), ("", ""))
