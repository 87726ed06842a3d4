"""A cell and a sheet of a workbook of any kind, before any of them is held to mean something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_CELLS = 2_000_000
"""A sheet with more is one with a stray cell far out."""
MOST_BYTES = 500_000_000
"""Of a workbook unpacked; a larger one is not opened."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell. `value` is a number, text, truth value, date or time, and None where it is blank."""

    value: Any
    error: bool = False
    formula: bool = False
    worked_out: bool = True
    percent: bool = False
    struck: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.worked_out and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet: the rows that hold something, each with its number, and the ranges that are merged.

    `unshown` are rows that are hidden, those that a filter hides also in `filtered`; columns count from 0.
    """

    title: str
    rows: tuple[tuple[int, tuple[Raw, ...]], ...]
    merged: tuple[str, ...] = ()
    hidden: bool = False
    unshown: frozenset[int] = frozenset()
    filtered: frozenset[int] = frozenset()
    unshown_columns: frozenset[int] = frozenset()
