"""Drop-downs: the names and choices that a column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic.fields import FieldInfo

from orebook.checks.references import REFERENCES
from orebook.reading.words import unit_of
from orebook.schema import tables as t
from orebook.schema.base import Row
from orebook.schema.document import TABLES

_REFERENCES: tuple[tuple[type[Row], str, type[Row]], ...] = (
    *REFERENCES,
    (t.PriorRow, "offer", t.OfferRow),
    (t.OfferRow, "origin", t.OriginRow),
    (t.DutyRow, "origin", t.OriginRow),
    (t.FloorRow, "origin", t.OriginRow),
)
_TABLE_OF = {model: table for table, model in TABLES.items()}
LISTED = ("minerals", "houses", "offers", "origins", "sites", "futures")
_GROUPS = "list_groups"


def names(titles: Mapping[str, str]) -> dict[str, str]:
    """The named ranges that the drop-downs show, growing with their sheets; `titles` has the sheet of each table."""
    ranges = {_list(table): _column(titles[table], "A") for table in LISTED}
    group = chr(ord("A") + list(t.OriginRow.model_fields).index("group"))
    return {**ranges, _GROUPS: _column(titles["origins"], group)}


def dropdown(model: type[Row], column: str) -> dict[str, Any] | None:
    """The validation of a column, as xlsxwriter takes it; None where anything may be written.

    A name that is not listed is let through: `check` says better what is wrong with it.
    """
    choices = _choices(model.model_fields[column])
    if choices:
        return {
            "validate": "list",
            "source": choices,
            "error_title": column,
            "error_message": f"Write {' or '.join(choices)}.",
        }
    source = next((_list(_TABLE_OF[to]) for of, name, to in _REFERENCES if (of, name) == (model, column)), None)
    if (model, column) == (t.ShareRow, "name"):
        by = chr(ord("A") + list(model.model_fields).index("by"))
        source = f'IF(${by}2="house",{_list("houses")},IF(${by}2="group",{_GROUPS},{_list("origins")}))'
    return {"validate": "list", "source": f"={source}", "show_error": False} if source else None


def _choices(field: FieldInfo) -> list[str]:
    if unit_of(field) == "yes/no":
        return ["yes", "no"]
    return [choice for choice in get_args(field.annotation) if isinstance(choice, str)]


def _list(table: str) -> str:
    return f"list_{table}"


def _column(title: str, letter: str) -> str:
    """A column from its second row to the last that has a key."""
    return f"={title}!${letter}$2:INDEX({title}!${letter}:${letter},MAX(2,COUNTA({title}!$A:$A)))"
