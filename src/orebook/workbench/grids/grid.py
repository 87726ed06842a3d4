"""A grid as the page gets it: columns that say what they hold, and rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from orebook.reading.numbers import text_of_number
from orebook.schema.base import Frozen, Row

Key = tuple[str, ...]
"""The cells of a row's key columns, as text."""


class Column(Frozen):
    """A column: its name and heading, the unit, what a cell holds, what it means, and a word under the heading."""

    field: str
    title: str
    unit: str
    kind: str
    help: str
    key: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    under: str = ""


class GridRow(Frozen):
    """A row: its key, the text of each cell that holds something, and what holds in a blank one."""

    key: Key
    cells: Mapping[str, str]
    held: Mapping[str, str] = {}


class Grid(Frozen):
    """A grid; rows can be added to an `open` one, and taken out of it."""

    name: str
    version: int
    open: bool
    columns: Sequence[Column]
    rows: Sequence[GridRow]


def text_of(value: object) -> str:
    """A value as a person types it; blank where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text_of_number(value) if isinstance(value, int | float) else str(value)


def key_of(row: Row) -> Key:
    """The texts of a row's key."""
    return tuple(text_of(part) for part in row.key())


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The texts of which a cell holds one; none where it holds any."""
    if get_args(annotation) and all(isinstance(a, str) for a in get_args(annotation)):
        return get_args(annotation)
    return next((found for a in get_args(annotation) if (found := choices_of(a))), ())
