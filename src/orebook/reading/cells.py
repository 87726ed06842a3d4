"""The cells of one row, as texts or as values, against the model of its table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from orebook.reading import failed, letters, numbers
from orebook.reading.book import numeric_columns
from orebook.reading.grid import Unread
from orebook.reading.quoting import shown
from orebook.reading.words import Said, in_words, not_a_number, unit_of

M = TypeVar("M", bound=BaseModel)
_FREE = frozenset({"title", "series", "note"})
"""Columns of text that nothing is looked up by: any letter may stand there."""
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
    if isinstance(text, bool) and column in numeric_columns(model):
        return not_a_number(str(text).lower(), model.model_fields[column])
    if not isinstance(text, str):
        return None
    if said := slipped(model, column, text):
        return said
    field: FieldInfo = model.model_fields[column]
    if column in numeric_columns(model) and not numbers.is_number(text):
        return not_a_number(text, field)
    if unit_of(field) == "date" and not _DATE.fullmatch(text):
        return Said("not_a_date", f"{shown(text)} is not a date; write one such as 2026-02-09")
    return None


def slipped(model: type[BaseModel], column: str, text: str) -> Said | None:
    """What is wrong with a text whatever its column: a formula failed with it, or it holds a letter nobody can see."""
    if broken := next(filter(failed.is_failed, text.split(";")), None):  # a list is parted by ;
        return Said("error_value", failed.why(broken.strip()))
    return unseen(text) if column not in numeric_columns(model) and column not in _FREE else None


def readable(cells: Mapping[str, Any], wrong: Mapping[str, Said]) -> dict[str, Any]:
    """The cells that hold no fault; a name with letters nobody can see counts without them, so that it is known."""
    good = {c: cell for c, cell in cells.items() if c not in wrong}
    hidden = {c: letters.seen(cells[c]) for c, said in wrong.items() if said.check == "unseen_letter"}
    return good | {c: name for c, name in hidden.items() if name}


def unseen(name: str) -> Said | None:
    """What is wrong with a name that holds a letter nobody can see; None where it has none, or a lost one."""
    places = letters.unseen(name)
    if letters.LOST in name:
        which = f"as its {letters.ordinal(name.index(letters.LOST) + 1)} letter"
        says = f"{shown(name)} holds {letters.called(letters.LOST)} {which}, where a letter was lost; write it again"
        return Said("lost_letter", says)
    if not places:
        return None
    clean, first = letters.seen(name), places[0]
    which = f"{letters.called(name[first])} as its {letters.ordinal(first + 1)} letter"
    more = f" and {len(places) - 1} more of the kind" if len(places) > 1 else ""
    mend = f"write {shown(clean)}" if clean else "leave the cell blank"
    why = "which is no plain blank" if letters.is_gap(name[first]) else "which cannot be seen"
    return Said("unseen_letter", f"{shown(clean)} holds {which}{more}, {why}; {mend}")
