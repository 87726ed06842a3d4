"""A change as it is written a week later: every week that it names is one less, and what was of week 1 is past.

A first week (of orders, of a bar) that is past has begun; a last one that is past has ended. Counts of weeks stay as they are,
and so does `$week`.
"""

from __future__ import annotations

import re

from orebook.changes.change import Addition, CellChange, Key, RowRemoval, Where
from orebook.changes.expanding import is_event
from orebook.changes.grammar import parse
from orebook.changes.values import Plain
from orebook.schema.document import TABLES

_ARGUMENT = re.compile(r"\b(week|replenish_by|repay_week)(\s*=\s*)(\d+)")
_LASTING = frozenset({"house_out", "offer_out", "origin_barred"})
"""Events that go on: what began in a week that is past has begun."""
_BEGINS = frozenset({"from_week", "barred_from_week"})
_ENDS = "to_week"
TOKEN = "$week"


def a_week_on(text: str) -> str | None:
    """The change a week later; None where it is of the week that has passed. Raises InputError for what is no change."""
    if is_event(text):
        return _event(text)
    if TOKEN in text:
        return text  # its week is drawn, and what is drawn is counted from the new first week
    change = parse(text)
    if isinstance(change, CellChange):
        return _of_cell(change)
    if isinstance(change, RowRemoval):
        place = _rows(change.table, change.rows)
        return None if place is None else f"{place}=none"
    if isinstance(change, Addition):
        return _addition(change)
    return text


def _of_cell(change: CellChange) -> str | None:
    place, column = _rows(change.table, change.rows), change.column
    was = (
        change.value.text or "none"
        if isinstance(change.value, Plain)
        else change.text[change.text.rindex("=") + 1 :].strip()
    )
    value = _cell(column, was)
    if place is None or value is None:
        return None
    if column == _ENDS and value == "0" and change.table != "funding":
        return f"{place}.max_week_t=0"  # an offer whose last week has passed
    stays = value == was and place == _address(change.table, change.rows)
    return change.text if stays else f"{place}.{column}={value}"


def _address(table: str, rows: Key | Where) -> str:
    """As it is."""
    return (
        f"{table}[{rows.column}={rows.value or 'none'}]"
        if isinstance(rows, Where)
        else f"{table}.{'/'.join(rows.parts)}"
    )


def _event(text: str) -> str | None:
    name = text.strip().partition("(")[0].strip()
    weeks = [int(found[3]) for found in _ARGUMENT.finditer(text) if found[1] == "week"]
    if 1 in weeks and name not in _LASTING:
        return None
    return _ARGUMENT.sub(lambda m: f"{m[1]}{m[2]}{_earlier(m[1], int(m[3]))}", text)


def _earlier(argument: str, week: int) -> int:
    """A first week is 1 at least; 0 is no week to replenish by."""
    return max(1 if argument == "week" else 0, week - 1)


def _rows(table: str, rows: Key | Where) -> str | None:
    """The address of rows a week later; None where they are of a week that has passed."""
    if isinstance(rows, Where):
        value = _cell(rows.column, rows.value or "none")
        return None if value is None else _address(table, Where(rows.column, value))
    parts = [
        part if part in ("*", "") else _cell(column, part)
        for column, part in zip(TABLES[table].KEY, rows.parts, strict=True)
    ]
    return None if None in parts else _address(table, Key(tuple(part or "" for part in parts)))


def _cell(column: str, text: str) -> str | None:
    """What a column holds a week later, as text; None where that week has passed."""
    weeks = {"week", "repay_week", _ENDS, *_BEGINS}
    if column not in weeks or not text.isdecimal():
        return text
    week = int(text) - 1
    if column in _BEGINS:
        return str(max(1, week))
    return str(max(0, week)) if column == _ENDS else str(week) if week >= 1 else None


def _addition(change: Addition) -> str | None:
    """A row that comes; one of an offer whose last week has passed does not."""
    cells = {column: _cell(column, text or "none") for column, text in change.cells}
    if None in cells.values() or (cells.get(_ENDS) == "0" and change.table != "funding"):
        return None
    return f"{change.table}+={','.join(f'{column}:{text}' for column, text in cells.items())}"
