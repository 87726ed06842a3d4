"""`hedge.json`: the tickets of the weeks that are now, how good they are over all futures, and each future's part in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from orebook.schema.base import Frozen, NonNegative, Number, Week
from orebook.schema.plan import InstanceStamp, ModelStamp, StageResult, Status, Ticket
from orebook.schema.tables import InTransit

HEDGE_SCHEMA: Literal["orebook/hedge/1"] = "orebook/hedge/1"
Interval = tuple[Number, Number]
"""The least and the most that a figure can be, by what was proven and found."""


class RiskStamp(Frozen):
    """What of the measures by future is minimised: the mean, and with a weight the mean of the worst part."""

    tail: Annotated[float, Field(gt=0, le=1)] = 0.1
    tail_weight: Annotated[float, Field(ge=0, le=0.999)] = 0.0


class LostGoods(Frozen):
    """A ticket that is lost in a future: what of it was paid, and given back."""

    offer: str
    week: Week
    tonnes: NonNegative
    paid_usd: Number
    refunded_usd: Number


class LateGoods(Frozen):
    """A ticket that is late in a future; it arrives in week `arrives`, after the plan where that is null."""

    offer: str
    week: Week
    tonnes: NonNegative
    arrives: int | None


class FutureResult(Frozen):
    """A future: what the hedged plan comes to in it, and what a plan that knew it from week 1 would come to."""

    future: str
    probability: Annotated[float, Field(gt=0, le=1)]
    known_week: Week
    in_transit: InTransit
    measures: dict[str, float] = Field(default_factory=dict, description="stage -> measure, in the stage's own unit")
    alone: dict[str, Interval] = Field(default_factory=dict, description="stage -> [bound, value] of its own best plan")
    lost: tuple[LostGoods, ...] = ()
    late: tuple[LateGoods, ...] = ()
    plan: str = Field(description="where its plan is, from the folder of the hedged plan")


class NowTicket(Frozen):
    """A ticket of a week that is now, in short."""

    offer: str
    week: Week
    tonnes: NonNegative


class Worth(Frozen):
    """What knowing the future would be worth, and what planning for all of them is, by the leading stage and in USD.

    `plain` is the plan whose tickets of the weeks that are now are those of the instance's own plan; null where that leaves
    the futures without a plan, or none was found in time, as `plain_says` has it.
    """

    stage: str
    evpi: Interval
    vss: Interval | None = None
    plain: Interval | None = None
    plain_says: str = Field("", description="why there is no plain plan")
    plain_tickets: tuple[NowTicket, ...] = ()
    evpi_usd: Number | None = Field(
        None, description="cost of the hedged plan less that of the futures alone: no proof"
    )
    vss_usd: Number | None = Field(None, description="cost of the plain plan less that of the hedged one: no proof")


class HedgeDocument(Frozen):
    """The whole of hedge.json."""

    schema_: Literal["orebook/hedge/1"] = Field(default=HEDGE_SCHEMA, alias="schema")
    instance: InstanceStamp
    model: ModelStamp
    risk: RiskStamp = RiskStamp()
    status: Status
    audited: bool | Literal["timed out"] = False
    stages: tuple[StageResult, ...] = Field((), description="R of each stage's measure, and its proven bound")
    now_weeks: Annotated[int, Field(ge=1)]
    tickets: tuple[Ticket, ...] = Field((), description="those of the weeks that are now")
    futures: tuple[FutureResult, ...] = ()
    worth: Worth | None = None
