"""Nested values, of TOML or JSON, against a schema: every fault with its place, such as `tickets[3].tonnes`."""

from __future__ import annotations

from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.quoting import plain
from orebook.reading.words import Said, in_words

M = TypeVar("M", bound=BaseModel)
_Model = type[BaseModel] | None
_EXACT_WHOLE = 2**53


def settled(value: Any) -> Any:
    """The value as the strict schemas take it: lists as tuples, a whole number as one also where it was typed 3.0."""
    if isinstance(value, dict):
        return {k: settled(v) for k, v in value.items()}
    if isinstance(value, list):
        return tuple(settled(v) for v in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_WHOLE:
        return int(value)
    return value


def validated(file: str, model: type[M], content: dict[str, Any]) -> tuple[M | None, list[Finding]]:
    """The content as that model, or every fault in it. Nothing is converted: a number in quotes is a text."""
    try:
        return model.model_validate(settled(content), strict=True), []
    except ValidationError as errors:
        found: dict[str | None, Finding] = {}
        for error in errors.errors(include_url=False):
            place, said = _said(model, error, file)
            value = None if isinstance(error["input"], dict | tuple) else plain(error["input"])
            found.setdefault(place, Finding("fault", said.check, file, None, place, value, said.message))
        return None, list(found.values())


def _said(model: type[BaseModel], error: ErrorDetails, file: str) -> tuple[str | None, Said]:
    place, parent, field = _walk(model, error["loc"])
    if error["type"] == "extra_forbidden" and parent is not None:
        known = [f.alias or name for name, f in parent.model_fields.items()]
        return place, Said("unknown_key", f"is not a key of {file}; {suggest.mend(str(error['loc'][-1]), known)}")
    if error["type"] == "missing":
        return place, Said(
            "missing_key", "is missing" + (f": {field.description}" if field and field.description else "")
        )
    return place, in_words(error, field)


def _walk(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str | None, _Model, FieldInfo | None]:
    """The place in words, the model it lies in and its field, as far as the schema has one."""
    place = ""
    parent: _Model = None
    field: FieldInfo | None = None
    inner: Any = model
    for part in loc:
        if isinstance(part, int):
            place += f"[{part}]"
            continue
        holder = _holder(inner)
        if holder is None or part == "[key]":
            break  # a member of a union, or the mark of a mapping's key: no place of its own
        place += f".{part}" if place else part
        if get_origin(holder) is dict:
            parent, field, inner = None, None, get_args(holder)[1]
        else:
            parent = holder
            field = next((f for name, f in holder.model_fields.items() if part in (name, f.alias)), None)
            inner = field.annotation if field else None
    return place or None, parent, field


def _holder(annotation: Any) -> Any:
    """The model or mapping that an annotation comes down to, through tuples and options; None where it is neither."""
    if get_origin(annotation) is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return annotation
    return next((h for a in get_args(annotation) if (h := _holder(a)) is not None), None)
