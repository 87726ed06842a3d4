"""What a cell looks like before it is held to mean anything: a word, a figure, a head."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.importing.heads import break_from
from orebook.importing.periods import day_in, period_of
from orebook.importing.quantities import unit_of
from orebook.importing.typed import is_figure
from orebook.reading.cell import Raw


def count(cells: Sequence[Raw]) -> int:
    """How many of the cells hold something."""
    return sum(not cell.blank for cell in cells)


def is_word(cell: Raw) -> bool:
    """Whether a cell holds a text that is neither a number nor a date."""
    return isinstance(cell.value, str) and not cell.blank and not is_figure(cell.value) and day_in(cell.value) is None


def is_head(cell: Raw) -> bool:
    """Whether a cell may be a head: a word, or a month, quarter or year."""
    if is_word(cell) or period_of(cell.value) is not None:
        return True
    return isinstance(cell.value, str) and break_from(cell.value) is not None


def head_text(cell: Raw) -> str:
    """The text of a head; that of a date is its month."""
    value = cell.value
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def units_alone(cells: Sequence[Raw]) -> bool:
    """Whether every cell of a row that holds something holds a unit, such as `($/mt)`."""
    filled = [str(cell.value) for cell in cells if not cell.blank]
    return len(filled) > 0 and all(_is_unit(text) for text in filled) and any(unit_of(text, {}) for text in filled)


def _is_unit(text: str) -> bool:
    """Whether a text is a unit, or stands in brackets where others are units: `($/bbl)`."""
    bare = text.strip()
    return (unit_of(bare, {}) is not None and not is_figure(bare)) or (bare[:1] in "([" and bare[-1:] in ")]")
