"""One cell changed, and the row it stands in checked again."""

from __future__ import annotations

from typing import Any, TypeVar

from orebook.changes.refusal import refused
from orebook.changes.values import Plain, Relative, Value
from orebook.reading.book import numeric_columns
from orebook.reading.cells import typed
from orebook.reading.numbers import is_number
from orebook.reading.quoting import shown
from orebook.reading.words import unit_of
from orebook.schema.base import Bounded

M = TypeVar("M", bound=Bounded)

_STANDS_FOR_IT = {
    "daily_use_t": "where use.csv has it, change use.*/MINERAL.daily_use_t",
    "target_days": "targets.csv or instance.target_days stands for it",
    "price_usd_per_t": "the quote is the benchmark with premiums",
    "to_week": "the last week of the plan stands for it",
    "to_t": "the tier ends where the next one begins",
    "value_usd_per_day": "use a day * benchmark stands for it",
}
"""What stands for a blank cell where that is not simply nothing, by column."""


def with_value(text: str, row: M, column: str, value: Value, place: str = "") -> M:
    """The row with a new value in a column, for the change of that text.

    `place` names the row where the text does not. Raises InputError where the value does not fit the column, or is
    relative and the column holds no number.
    """
    new = _relative(text, row, column, value, place) if isinstance(value, Relative) else value.text
    cells = {**row.model_dump(), column: new}
    made, wrong = typed(type(row), {c: cell for c, cell in cells.items() if cell is not None})
    if made is None:
        said = wrong[column]
        says = _better(row, column, value) or said.message.replace(", or nothing", ", or none")
        raise refused(text, said.check, place + says, new)
    return made


def _relative(text: str, row: Bounded, column: str, value: Relative, place: str) -> float:
    old: Any = getattr(row, column)
    field = type(row).model_fields[column]
    if column not in numeric_columns(type(row)):
        kind = {"yes/no": "yes or no", "date": "a date"}.get(unit_of(field), "a text")
        raise refused(text, "not_relative", f"{place}{column} is {kind}, no number; write the value itself")
    if old is None:
        meaning = _STANDS_FOR_IT.get(column, field.description)
        says = f"{column} is blank ({meaning}), so there is nothing to change; write a number first"
        raise refused(text, "blank_cell", place + says + (", or name the rows that have one" if place else ""))
    return value.of(old)


def _better(row: Bounded, column: str, value: Value) -> str | None:
    """What to say where a change can mean more than a cell of a file can; None where it cannot."""
    if value == Plain(None):
        return f"{column} is needed: {type(row).model_fields[column].description}; write a value"
    amount = value.text if isinstance(value, Plain) and value.text else ""
    bare = amount.removesuffix("%").lstrip("*")
    if not amount.endswith("%") or not is_number(bare):
        return None
    return f"{shown(amount)} is not a number; write +{bare}% or -{bare}% for a change relative to what stands there"
