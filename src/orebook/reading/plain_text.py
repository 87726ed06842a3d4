"""A cell of a workbook as the text that a CSV file would have in its place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from orebook.reading import failed
from orebook.reading.book import numeric_columns
from orebook.reading.cell import Raw
from orebook.reading.grid import Content, Unread
from orebook.reading.numbers import text_of_number
from orebook.reading.words import Said, unit_of

Kind = Literal["number", "yes or no", "date", "text"]
ReadAs = Kind | Literal["week"]

SHOWN_DIGITS = 15
"""What Excel shows, and what is read, of a number that a formula came to: 0.1+0.2 is 0.3."""

_AGAIN: dict[ReadAs, str] = {
    "number": "format the cell as a number and type it again",
    "week": "count the weeks from 1, and write the number",
    "yes or no": "type one of them",
    "date": "format the cell as a date and type it again",
    "text": "format the cell as text and type it again, leading zeros too",
}


def kind_of(model: type[BaseModel], column: str) -> Kind:
    """What a column holds; choices count as text."""
    if column in numeric_columns(model):
        return "number"
    unit = unit_of(model.model_fields[column])
    return "yes or no" if unit == "yes/no" else "date" if unit == "date" else "text"


def read_as(model: type[BaseModel], column: str) -> ReadAs:
    """What a cell of a column is read as: its kind, but a week's number as a week, of which a date may tell the number."""
    return "week" if unit_of(model.model_fields[column]) == "week" else kind_of(model, column)


def text_of(raw: Raw, kind: ReadAs) -> Content:
    """The text of a cell, empty where it is blank; Unread where it holds what cannot be meant."""
    value = raw.value
    if not raw.worked_out:
        says = "holds a formula that was never worked out; open the workbook, save it, and try again"
        return Unread("", Said("formula_without_value", says))
    if raw.error:
        return Unread(str(value), Said("error_value", failed.why(str(value))))
    if value is None or isinstance(value, str):
        return (value or "").strip()
    if isinstance(value, bool) and kind == "yes or no":
        return "yes" if value else "no"
    if isinstance(value, int | float) and not isinstance(value, bool) and kind in ("number", "week", "yes or no"):
        return _number(value, raw.formula)
    if isinstance(value, datetime) and kind == "date" and value == datetime(value.year, value.month, value.day):
        return value.date().isoformat()
    return _misplaced(value, kind)


def _number(value: float, formula: bool) -> str:
    return text_of_number(float(f"{value:.{SHOWN_DIGITS}g}") if formula else value)


def _misplaced(value: Any, kind: ReadAs) -> Unread:
    shown, what = _named(value)
    return Unread(shown, Said("wrong_type", f"{shown} is a {what} where a {kind} should be; {_AGAIN[kind]}"))


def _named(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "truth value"
    if isinstance(value, int | float):
        return text_of_number(value), "number"
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day):
        return value.date().isoformat(), "date"
    return str(value), "date with a time of day" if isinstance(value, date) else "time of day"
