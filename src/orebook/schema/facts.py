"""`facts.json`: what is known of a plan, each fact with its figures, how they were obtained and how to obtain them again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from orebook.schema.base import Frozen, Number, Week

Kind = Literal[
    "shortage",
    "rule",
    "margin",
    "ticket",
    "offer",
    "clash",
    "mend",
    "difference",
    "baseline",
    "confidence",
    "exposed",
    "ration",
    "rotation",
    "whole",
    "stance",
    "turn",
    "worth",
    "tail",
    "extension",
]
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
    origin: str | None = None
    rule: str | None = None
    row: str | None = None
    site: str | None = None
    future: str | None = None
    withdrawal: str | None = None
    member: str | None = None
    against: str | None = Field(default=None, description="what it is held against: an offer, a cause, a plan, a part")


class Fact(Frozen):
    """One fact about a plan, as `orebook.explain` and `orebook.compare` give them.

    `kind`: the question that it answers.
    `about`: what it speaks of; parts that it does not name are None.
    `figures`: a name with its unit at the end (`_usd`, `_t`, `_days`, `_pct`) -> a number, or an interval (low, high)
      that the solves prove; those named after a stage's measure (`cover_days`, `cost_usd`, ...) are differences from
      the base plan.
    `method`: `arithmetic` of the judge's, `bound` of a relaxation, or `solve`.
    `held`: minerals whose tickets were kept as they are.
    `changes`: made to the instance and solved, they give the figures.
    `says`: one sentence, which `str` gives.

        >>> import orebook
        >>> fact = orebook.explain(orebook.solve("teaching/budget", audit=False)).shortages("tin")[0]
        >>> fact.kind, fact.about.mineral, fact.figures["short_days"], fact.method
        ('shortage', 'tin', 3.0, 'arithmetic')
        >>> print(fact)
        tin has 7.0 of 10.0 days of cover at the end of week 2: 3.0 days (3 t) short.
    """

    kind: Kind
    about: About = About()
    figures: Figures = Field(description="name with its unit -> a number, or an interval that the solves prove")
    method: Method
    held: tuple[str, ...] = Field(default=(), description="minerals whose tickets were kept as they are")
    changes: tuple[str, ...] = Field(
        default=(), description="applied to the instance and solved, they give the figures"
    )
    says: str = Field(default="", description="one sentence")

    def __str__(self) -> str:
        return self.says

    @model_validator(mode="after")
    def _ordered(self) -> Fact:
        wrong = [n for n, v in self.figures.items() if isinstance(v, tuple) and v[0] > v[1]]
        if wrong:
            raise ValueError(f"the interval of {wrong[0]} ends before it begins")
        return self
