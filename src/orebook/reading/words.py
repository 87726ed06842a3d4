"""A validation error in the planner's words: what is wrong with the value and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from orebook.reading import letters, numbers, suggest
from orebook.reading.filler_words import is_placeholder, is_total
from orebook.reading.quoting import figure, shown


@dataclass(frozen=True, slots=True)
class Said:
    """The name of the check that failed, and the message."""

    check: str
    message: str


def unit_of(field: FieldInfo | None) -> str:
    """The unit that the schema states for a column; empty where it has none."""
    extra = field.json_schema_extra if field else None
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def not_a_number(text: str, field: FieldInfo | None) -> Said:
    """What is wrong with a text where a number should be."""
    optional = field is not None and not field.is_required()
    if numbers.is_endless(text):
        return Said("not_finite", f"{shown(text)} is not a finite number; write one{_or_nothing(optional)}")
    if is_total(text):
        return Said("not_a_number", f"{shown(text)} is not a number; take the row out if it is a total")
    meant = numbers.mend(text, unit_of(field))
    unit = unit_of(field) if any(c.isdigit() for c in text) else ""
    inside = f" in {unit}" if unit not in ("", "1", "week", "yes/no") else ""
    mend = f"write {meant}" if meant else f"write one{inside}{_or_nothing(optional)}"
    hidden = next((text[k] for k in letters.unseen(text) if not letters.is_gap(text[k])), None)
    holds = f" (it holds {letters.called(hidden)}, which cannot be seen)" if hidden else ""
    return Said("not_a_number", f"{shown(text)} is not a number{holds}; {mend}")


def in_words(error: ErrorDetails, field: FieldInfo | None) -> Said:
    """One error of pydantic's, of the value of a field (None where the schema has no such field)."""
    say = _SAYINGS.get(error["type"])
    if say is None:
        kind = error["type"].split("_")[0]
        what, example = _KINDS.get(kind, (f"a {kind}", ""))
        return Said("wrong_type", f"{shown(error['input'])} is not {what}{example}")
    return say(error["input"], error.get("ctx", {}), field)


def _or_nothing(optional: bool) -> str:
    return ", or nothing" if optional else ""


def _missing(_value: object, _ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    meaning = (field.description or "") if field else ""
    unit = f" ({unit_of(field)})" if unit_of(field) not in ("", "yes/no", "week") else ""
    return Said("blank", "is blank, but needed" + (f": {meaning}{unit}" if meaning else ""))


def _number(value: object, ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    if isinstance(value, int) and not isinstance(value, bool):
        return _too_large(value, ctx, field)
    if not isinstance(value, str):
        return Said("not_a_number", f"{shown(value)} is not a number")
    if numbers.is_number(value):
        return Said("not_a_number", f"{shown(value)} is text; write {value} without quotes")
    return not_a_number(value, field)


def _whole(value: object, _ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return _number(value, {}, field)
    if isinstance(value, str) and (not numbers.is_number(value) or value.isdigit()):
        return _number(value, {}, field)
    x = float(value)
    if not isfinite(x):
        return _finite(value, {}, field)
    low = int(x // 1)
    choice = str(low) if x == low else f"{low} or {low + 1}"
    return Said("not_whole", f"{shown(value)} is not a whole number; write {choice}")


def _finite(value: object, _ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    optional = field is not None and not field.is_required()
    return Said("not_finite", f"{shown(value)} is not a finite number; write one{_or_nothing(optional)}")


def _too_large(value: object, _ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    optional = field is not None and not field.is_required()
    return Said("too_large", f"{shown(value)} is over 1e15, which is too large; write less{_or_nothing(optional)}")


def _below(value: object, ctx: Mapping[str, Any], _field: FieldInfo | None) -> Said:
    least = figure(ctx["ge"])
    return Said("too_small", f"{shown(value)} is below {least}; write {least} or more")


def _not_above(value: object, ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    least = figure(ctx["gt"])
    optional = field is not None and not field.is_required()
    return Said("too_small", f"{shown(value)} is not above {least}; write more{_or_nothing(optional)}")


def _over(value: Any, ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    most = ctx["le"]
    amount = Decimal(str(value))
    if unit_of(field) == "1" and 2 <= amount <= 100:
        return Said("too_large", f"{shown(value)} is over 1; a share is 0 to 1: write {(amount / 100).normalize():f}")
    return Said("too_large", f"{shown(value)} is over {figure(most)}; write {figure(most)} or less")


def _choice(value: object, ctx: Mapping[str, Any], _field: FieldInfo | None) -> Said:
    choices = re.findall(r"'([^']*)'", ctx["expected"]) or [ctx["expected"]]
    return Said("not_a_choice", f"{shown(value)} is not one of {', '.join(choices)}{_like(str(value), choices)}")


def _like(value: str, choices: list[str]) -> str:
    like = suggest.nearest(value, choices)
    return f'; did you mean "{like}"?' if like and len(choices) > 1 else ""


def _name(value: str, _ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    if is_placeholder(value):
        optional = field is not None and not field.is_required()
        return Said("bad_name", f"{shown(value)} is no name; write one{_or_nothing(optional)}")
    held = " ".join(dict.fromkeys(c for c in value if c in "/*;[]="))
    return Said("bad_name", f"{shown(value)} holds {held}; write a name without any of / * ; [ ] =")


def _too_short(_value: object, _ctx: Mapping[str, Any], _field: FieldInfo | None) -> Said:
    return Said("blank", "is empty; write at least one")


def _own(value: object, ctx: Mapping[str, Any], field: FieldInfo | None) -> Said:
    """What a validator of the schema's own says; about yes and no it can be mended."""
    says = str(ctx["error"])
    if unit_of(field) == "yes/no":
        meant = _YES_NO.get(str(value).strip().lower())
        mend = f"write {meant}" if meant else "write one of them"
        return Said("not_yes_no", f"{shown(value)} {says}; {mend}")
    return Said("inconsistent", says)


_YES_NO = {"true": "yes", "1": "yes", "y": "yes", "x": "yes", "false": "no", "0": "no", "n": "no", "-": "no"}
_KINDS = {
    "string": ("text", "; put it in quotes"),
    "bool": ("true or false", ""),
    "date": ("a date", "; write one such as 2026-02-09, without quotes"),
    "model": ("a table", ""),
    "dict": ("a table", ""),
    "tuple": ("a list", ""),
}
_SAYINGS: dict[str, Callable[[Any, Mapping[str, Any], FieldInfo | None], Said]] = {
    "missing": _missing,
    "float_parsing": _number,
    "float_type": _number,
    "int_parsing": _whole,
    "int_parsing_size": _too_large,
    "int_type": _whole,
    "int_from_float": _whole,
    "finite_number": _finite,
    "too_large": _too_large,
    "greater_than_equal": _below,
    "greater_than": _not_above,
    "less_than_equal": _over,
    "literal_error": _choice,
    "string_pattern_mismatch": _name,
    "string_too_short": _missing,
    "too_short": _too_short,
    "value_error": _own,
}
