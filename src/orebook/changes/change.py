"""The changes there are, as data; `text` is always what was typed, blanks around it taken off."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.changes.values import Value
from orebook.schema.rules import RuleName


@dataclass(frozen=True, slots=True)
class Key:
    """Rows by their key, a part a key column: `*` is every value, an empty part a blank cell."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Rows in which a column holds this value; None: is blank. A `*` is the text `*` here."""

    column: str
    value: str | None


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A value of instance.toml."""

    text: str
    column: str
    value: Value


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of every row that is meant."""

    text: str
    table: str
    rows: Key | Where
    column: str
    value: Value


@dataclass(frozen=True, slots=True)
class RowRemoval:
    """Rows that are taken out."""

    text: str
    table: str
    rows: Key


@dataclass(frozen=True, slots=True)
class Addition:
    """A new row: its cells as texts, None for a blank one."""

    text: str
    table: str
    cells: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class RuleOff:
    """A rule of the model that does not hold."""

    text: str
    rule: RuleName


Change = HeadChange | CellChange | RowRemoval | Addition | RuleOff
