"""`facts.json`: what is known of a plan, each fact with its figures, how they were obtained and how to obtain them again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from orebook.schema.base import Frozen, Number, Week

Kind = Literal["shortage", "rule", "margin", "ticket", "offer", "clash", "mend", "difference", "baseline", "confidence"]
Method = Literal["arithmetic", "bound", "solve"]
Interval = tuple[Number, Number]
Figures = dict[str, Number | Interval]
"""Name with its unit -> a number, or an interval that the solves prove; equal ends: exact."""


class About(Frozen):
    """What a fact speaks of."""

    mineral: str | None = None
    offer: str | None = None
    week: Week | None = None
    house: str | None = None
    rule: str | None = None
    row: str | None = None
    site: str | None = None
    against: str | None = Field(default=None, description="what it is held against: an offer, a cause, a plan, a part")


class Fact(Frozen):
    """One fact. Figures named after a stage's measure (`cover_days`, `cost_usd`, ...) are differences from the base plan."""

    kind: Kind
    about: About = About()
    figures: Figures = Field(description="name with its unit -> a number, or an interval that the solves prove")
    method: Method
    held: tuple[str, ...] = Field(default=(), description="minerals whose tickets were kept as they are")
    changes: tuple[str, ...] = Field(
        default=(), description="applied to the instance and solved, they give the figures"
    )
    says: str = Field(default="", description="one sentence")

    @model_validator(mode="after")
    def _ordered(self) -> Fact:
        wrong = [n for n, v in self.figures.items() if isinstance(v, tuple) and v[0] > v[1]]
        if wrong:
            raise ValueError(f"the interval of {wrong[0]} ends before it begins")
        return self
