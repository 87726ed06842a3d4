"""`check.json`: what the orders of a hedged plan come to in futures that they were not planned for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from orebook.schema.base import Frozen, Number, Week
from orebook.schema.hedge import Interval, NowTicket
from orebook.schema.plan import InstanceStamp, ModelStamp

CHECK_SCHEMA: Literal["orebook/check/1"] = "orebook/check/1"
Way = Literal["hedged", "plain", "foresight"]
"""The hedged plan's orders of now, those of the instance's own plan, and whatever who knew the draw would have ordered."""
WAYS: tuple[Way, ...] = ("hedged", "plain", "foresight")
AtBest = tuple[Number, Number | None]
"""What no plan has less of, and what one has; null where none was looked for or found."""


class CheckedWay(Frozen):
    """A draw under one way of ordering now: by stage [bound, value], or why there is no plan."""

    stages: dict[str, AtBest] = Field(default_factory=dict, description="stage -> [bound, value], in the stage's unit")
    why: str = Field("", description="why there is no plan; empty where there may be one")


class CheckedDraw(Frozen):
    """A future that was drawn: what strikes in it, from which week on it is known, and what each way comes to."""

    draw: Annotated[int, Field(ge=1)]
    known_week: Week
    strikes: str = Field(description="hazards and the weeks in which they strike")
    whole: bool = Field(description="whether it was solved, and not only bounded by relaxations")
    ways: dict[Way, CheckedWay]


class WaySummary(Frozen):
    """A way over the draws, by the stage of the check."""

    draws: int = Field(description="draws with a bound")
    bound: Number | None = Field(description="the mean of what no plan has less of, over these")
    worst_tenth: Number | None = Field(description="the mean of the worst tenth of these bounds")
    whole: int = Field(description="draws that were solved whole and have a plan")
    mean: Interval | None = Field(description="between these the mean over the draws solved whole is")
    without_plan: int = Field(description="draws in which no plan keeps every rule")


class Saving(Frozen):
    """What a way saves over another on average, by draws that both have a plan in: an interval, and its standard error."""

    draws: int
    mean: Interval | None
    error: Number | None = Field(description="standard error of the mean of the intervals' middles; null for one draw")


class CheckDocument(Frozen):
    """The whole of check.json."""

    schema_: Literal["orebook/check/1"] = Field(default=CHECK_SCHEMA, alias="schema")
    instance: InstanceStamp
    model: ModelStamp
    asked: Annotated[int, Field(ge=1, description="draws asked for; fewer are listed where it was stopped")]
    seed: int
    prices: bool = Field(description="whether prices were drawn, or hazards alone")
    foreseen: bool = Field(description="whether hazards are known from the same week on as the prices of their draw")
    stage: str = Field(description="what `ways` and the savings are of")
    tickets: dict[Way, tuple[NowTicket, ...]] = Field(description="the orders of now that stand; none for foresight")
    ways: dict[Way, WaySummary]
    hedging: Saving = Field(description="plain less hedged")
    knowing: Saving = Field(description="hedged less foresight")
    draws: tuple[CheckedDraw, ...]
