"""What all schema models share: frozen, strict about unknown fields, and numbers that say their unit."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

LARGEST = 1e15
"""No number of an instance is larger: beyond it a double no longer holds tenths, nor USD to the cent."""


def _in_short(schema: dict[str, Any]) -> None:
    """Of a description its first paragraph: what follows it is for Python."""
    if "description" in schema:
        schema["description"] = schema["description"].partition("\n\n")[0]


class Frozen(BaseModel):
    """An immutable model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, json_schema_extra=_in_short)


class Bounded(Frozen):
    """A model whose numbers are all between -1e15 and 1e15; minus zero is zero."""

    @field_validator("*")
    @classmethod
    def _not_too_large(cls, value: Any) -> Any:
        if isinstance(value, int | float) and abs(value) > LARGEST:
            raise PydanticCustomError("too_large", "is beyond 1e15")
        return 0.0 if isinstance(value, float) and value == 0 else value


class Row(Bounded):
    """One row of a table. `KEY` names the columns that identify it; no two rows share them."""

    KEY: ClassVar[tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _blank_is_missing(cls, cells: Any) -> Any:
        return {k: v for k, v in cells.items() if v is not None} if isinstance(cells, dict) else cells

    def key(self) -> tuple[Any, ...]:
        """The values of the key columns, in the order of `KEY`."""
        return tuple(getattr(self, column) for column in self.KEY)

    @classmethod
    def key_defaults(cls) -> tuple[Any, ...]:
        """What the last columns of a key hold where they are left out; empty where none may be: a blank part is written."""
        found: list[Any] = []
        for column in reversed(cls.KEY):
            field = cls.model_fields[column]
            if field.is_required() or field.get_default() is None:
                break
            found.insert(0, field.get_default())
        return tuple(found)

    @classmethod
    def shortened(cls, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """A key without its last parts, as far as they are as they are by default."""
        usual = list(cls.key_defaults())
        while usual and key and key[-1] == usual.pop():
            key = key[:-1]
        return key


def _yes_no(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() in ("yes", "no"):
        return value.strip().lower() == "yes"
    if isinstance(value, bool) or value is None:
        return value
    raise ValueError("is neither yes nor no")


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Name = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^/*;\[\]=]+$")]
"""An id: not empty, without any of / * ; [ ] =."""

NameOrAny = Annotated[str, StringConstraints(min_length=1, pattern=r"^([^/*;\[\]=]+|\*)$")]
"""An id, or a literal * for all."""

Text = Annotated[str | None, BeforeValidator(_blank_is_none)]
"""A text of any kind; a blank one is none, as a blank cell is."""

Written = Annotated[str, StringConstraints(min_length=1)]
"""A text of any kind that must be there."""

YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Number = FiniteFloat
NonNegative = Annotated[FiniteFloat, Field(ge=0)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
Correlation = Annotated[FiniteFloat, Field(ge=-1, le=1)]
Percent = Annotated[FiniteFloat, Field(ge=0, le=100)]
Week = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


def column(unit: str, description: str, default: Any = None) -> Any:
    """A column that may be missing or blank, with its unit and what it means."""
    return Field(default=default, description=description, json_schema_extra={"unit": unit})


def required(unit: str, description: str) -> Any:
    """A column that must be there, with its unit and what it means."""
    return Field(description=description, json_schema_extra={"unit": unit})
