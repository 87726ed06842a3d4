"""A mapping: what each sheet and column of a planner's book becomes, and what the figures are in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from orebook.errors import InputError
from orebook.importing.vocabulary import ASK
from orebook.reading.toml_file import read_toml
from orebook.schema.base import Frozen

Decimal = Literal[".", ","]
Asked = Literal["?"]
ASKED: Asked = "?"
MonthlyCap = Literal["split", "week", "plan", "loose"]


class ColumnMap(Frozen):
    """What a column becomes; in the file its bare name where nothing else has to be said."""

    to: str = Field(description="what it becomes, skip, or ? where that is to be said")
    unit: str | None = Field(
        None, description="what its figures are in, where neither the cell nor a column of units says it"
    )
    decimal: Decimal | None = Field(None, description="the decimal mark of numbers typed as text")
    period: str | None = Field(None, description="the month, quarter or year it is about")
    set: dict[str, str] = Field(default_factory=dict, description="what else holds for its figures, such as the site")
    group: str | None = Field(None, description="of a duty: the group of origins that pays it")
    starts: str | None = Field(
        None, alias="from", description="of a price: the quantity from which it holds, with its unit"
    )
    reversed: bool = Field(False, description="of a rank: whether 1 weighs most")


class BlockMap(Frozen):
    """What a table on a sheet becomes."""

    sheet: str
    section: str | None = None
    title: str | None = Field(None, description="the title that tells it from other tables of its sheet")
    table: str = Field(description="a table of an instance, rates, skip, or ?")
    set: dict[str, str] = Field(default_factory=dict, description="what holds for each of its rows, such as the house")
    draws: bool = Field(True, description="of use: whether members draw it, week by week")
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(lambda v: {"to": v} if isinstance(v, str) else v)]] = Field(
        default_factory=dict
    )


class Incoterm(Frozen):
    """What is added to quotes under an incoterm that leaves them out."""

    freight_usd_per_t: float = Field(0.0, ge=0)
    insurance_pct: float = Field(0.0, ge=0, le=100)


class Fix(Frozen):
    """A cell that is read as another text, as long as a row that holds these texts has in it what it `was`."""

    sheet: str
    head: str
    row: tuple[str, ...] = ()
    was: str
    read: str


class Mapping(Frozen):
    """All of it."""

    form: Literal["orebook/mapping/1"] = Field("orebook/mapping/1", alias="schema")
    instance: dict[str, Any] = Field(description="keys of instance.toml")
    decimal: Decimal | Asked | None = None
    as_of: date | None = Field(None, description="the day of the book; none: what its titles say, else its first quote")
    hidden_rows: bool = Field(False, description="whether hidden, filtered and struck-out rows are read")
    monthly_cap: MonthlyCap = "split"
    intake_days: int = Field(5, ge=1, le=7, description="days a week on which stores take goods in")
    class_from_stock: bool = Field(
        True, description="minerals without a class have that of the store their stock lies in"
    )
    accept: tuple[str, ...] = Field((), description="figures ten times off that are right: TABLE.KEY.COLUMN")
    units: dict[str, str] = Field(default_factory=dict)
    rates: dict[str, float] = Field(default_factory=dict, description="currency -> USD that one of it is worth")
    content_pct: dict[str, float | Asked] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict, description="name in the book -> the name it is given")
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    incoterms: dict[str, Incoterm] = Field(default_factory=dict)
    changes: tuple[str, ...] = Field((), description="what is in no sheet, such as minerals.*.m3_per_t=0.3")
    fix: tuple[Fix, ...] = ()
    block: tuple[BlockMap, ...] = ()

    def asks(self) -> list[str]:
        """What is left for the planner to say, by its place in the file."""
        asked = [f"instance.{key}" for key, value in self.instance.items() if value == ASK]
        asked += ["decimal"] if self.decimal == ASK else []
        asked += [f'units."{word}"' for word, meaning in self.units.items() if meaning == ASK]
        asked += [f'content_pct."{name}"' for name, pct in self.content_pct.items() if pct == ASK]
        for block in self.block:
            place = block.sheet + (f" ({block.section})" if block.section else "")
            asked += [f"{place}: table"] if block.table == ASK else []
            asked += [f"{place}: set.{key}" for key, value in block.set.items() if value == ASK]
            for head, column in block.columns.items():
                asked += [f'{place}: "{head}"'] if column.to == ASK else []
                asked += [f'{place}: "{head}" unit'] if column.unit == ASK else []
        return asked


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises InputError with every fault."""
    mapping, _, found = read_toml(path, Mapping)
    if mapping is None:
        raise InputError(found)
    return mapping
