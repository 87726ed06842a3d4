"""The cells of one row, as texts or as values, against the model of its table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from orebook.reading import numbers
from orebook.reading.book import numeric_columns
from orebook.reading.grid import Unread
from orebook.reading.shown import shown
from orebook.reading.words import Said, in_words, not_a_number, unit_of

M = TypeVar("M", bound=BaseModel)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def typed(model: type[M], cells: Mapping[str, Any]) -> tuple[M | None, dict[str, Said]]:
    """The row of these cells, blank ones left out; where there is none, what is wrong with it by column.

    A text is read as a file's is, so that "1_000" and "12 t" are no numbers; values of other types are taken as
    they are, and a cell that gave none is wrong for its own reason. Every column must be one of the model's.
    """
    wrong: dict[str, Said] = {
        column: said for column, cell in cells.items() if (said := _misread(model, column, cell)) is not None
    }
    row = None
    try:
        row = model.model_validate({c: cell for c, cell in cells.items() if c not in wrong})
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            column = str(error["loc"][0])
            wrong.setdefault(column, in_words(error, model.model_fields[column]))
    return None if wrong else row, wrong


def _misread(model: type[BaseModel], column: str, text: Any) -> Said | None:
    """What is wrong with a cell that gave no text, or a text that pydantic would take for what was not meant."""
    if isinstance(text, Unread):
        return text.said
    if not isinstance(text, str):
        return None
    field: FieldInfo = model.model_fields[column]
    if column in numeric_columns(model) and not numbers.is_number(text):
        return not_a_number(text, field)
    if unit_of(field) == "date" and not _DATE.fullmatch(text):
        return Said("not_a_date", f"{shown(text)} is not a date; write one such as 2026-02-09")
    return None
