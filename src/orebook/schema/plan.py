"""`plan.json`: a plan, every figure of it worked out by the judge from tickets, puts, outs, draws and repays."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from orebook.schema.base import Frozen, NonNegative, Number, Week
from orebook.schema.tables import InTransit, WithdrawalKind

SCHEMA: Literal["orebook/plan/1"] = "orebook/plan/1"
Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Unaided = Literal["thumb", "prior", "nothing"]
"""A plan that needed no solver: a rule of thumb's, the prior plan again, or no ticket but the frozen ones."""


KeptBy = Literal["entitlement", "must", "storage", "stock"]
"""What may keep a withdrawal short, in the order in which it is looked for."""


def _missing(value: object) -> bool:
    return value is None


def _empty(rows: object) -> bool:
    return rows == ()


def _nothing(usd: object) -> bool:
    return usd == 0


class InstanceStamp(Frozen):
    """Which instance, with which changes, the plan is for."""

    name: str
    digest: str
    changes: tuple[str, ...] = ()
    before: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda made: not made,
        description="where the changes are known from a week only: those made before them, known from week 1",
    )


class ModelStamp(Frozen):
    """Which model the plan was solved with."""

    name: str
    digest: str


UNKNOWN_OF_A_FUTURE = frozenset({"value", "bound", "gap", "seconds"})
"""What is not said of a stage in one future of a hedged plan: it was solved for in all futures together."""

NO_BOUND = -1e15
"""Of a measure that may be below 0 and of which nothing is proven."""


class StageResult(Frozen):
    """What a stage reached. `value`, `bound` and `final` are in the stage's own unit (days, USD, orders ...)."""

    @classmethod
    def of_final(cls, stage: str, final: float) -> StageResult:
        """A stage of which only what it comes to is known."""
        bound = min(0.0, final) if final >= 0 else NO_BOUND
        return cls(stage=stage, value=final, bound=bound, gap=1.0 if final else 0.0, final=final)

    @model_validator(mode="before")
    @classmethod
    def _final_alone(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and fields.keys() == {"stage", "final"}:
            return cls.of_final(fields["stage"], fields["final"]).model_dump()
        return fields

    stage: str
    value: Number
    bound: Number
    gap: NonNegative = Field(description="(value - bound) / max(|value|, the stage's smallest unit)")
    final: Number = Field(description="the same measure of the plan as it stands")
    seconds: NonNegative = 0.0


class GivenUp(Frozen):
    """A policy row that no plan could keep, and how far this one exceeds it."""

    rule: str
    row: str
    by: NonNegative
    why: str = ""
    unit: str = ""


class Ticket(Frozen):
    """One order: an offer in a week. Under `incremental` the figures per tonne are the ticket's averages."""

    offer: str
    house: str = ""
    mineral: str = ""
    origin: str | None = None
    week: Week
    arrives: int | None = Field(default=0, description="null where the goods are lost, or late past the plan's end")
    tonnes: NonNegative
    lots: int | None = None
    tier: NonNegative | None = Field(default=None, description="from_t of the tier; null under incremental")
    quote_usd_per_t: Number = 0.0
    paid_usd_per_t: Number = 0.0
    goods_usd: Number = 0.0
    commission_usd: Number = 0.0
    duty_usd: Number = 0.0
    freight_usd: Number = 0.0
    top_up_usd: Number = Field(default=0.0, description="below 0 where the producer shares what is above the floor")
    levy_usd: Number = Field(default=0.0, exclude_if=_nothing, description="taken by the border up to the floor")
    top_up_other_usd: Number = Field(
        default=0.0, exclude_if=_nothing, description="paid to the producer by another: in no cash and no cost"
    )
    fee_usd: Number = 0.0
    order_cash_usd: Number = 0.0
    lost: bool | None = Field(
        default=None,
        exclude_if=_missing,
        description="of a plan that learns of changes: whether its origin was barred while it was under way",
    )
    paid_usd: Number | None = Field(
        default=None, exclude_if=_missing, description="what of the order cash is paid in the plan's weeks"
    )
    refunded_usd: Number | None = Field(
        default=None, exclude_if=_missing, description="given back of what was paid on order"
    )


class Put(Frozen):
    """Tonnes put into a store in a week."""

    mineral: str
    site: str
    week: Week
    tonnes: NonNegative


class Out(Frozen):
    """Tonnes taken out of a store for a withdrawal."""

    withdrawal: str
    mineral: str = ""
    site: str
    week: int = 0
    tonnes: NonNegative


class Served(Frozen):
    """A withdrawal: what is asked for, what is served of it, and the first that keeps the rest from it, if anything does."""

    withdrawal: str
    member: str | None = None
    kind: WithdrawalKind = "take"
    asked_t: NonNegative = 0.0
    served_t: NonNegative = 0.0
    kept_by: KeptBy | None = Field(default=None, description="null where all is served, or nothing keeps it")


class Return(Frozen):
    """Tonnes that come back in a week, which may be after the plan: of a loan of the plan, or of one from before it."""

    withdrawal: str | None = Field(default=None, description="null of loans from before the plan")
    member: str | None = None
    mineral: str
    week: Week
    tonnes: NonNegative


class Sale(Frozen):
    """Tonnes taken out of a store for a bid in a week; its fee is told once a sale, at the first of its stores."""

    bid: str
    mineral: str = ""
    site: str
    week: Week
    tonnes: NonNegative
    lots: int | None = Field(default=None, description="of the whole sale, where all of it is from one store")
    price_usd_per_t: Number = 0.0
    usd: Number = 0.0
    fee_usd: Number = 0.0


class Converted(Frozen):
    """Tonnes taken out of a store to be converted; what comes of them in the week in which they are back is among the puts."""

    conversion: str
    site: str
    week: Week
    tonnes: NonNegative
    lots: int | None = Field(default=None, description="of the whole conversion, where all of it is from one store")
    arrives: int = 0
    gives_t: Number = Field(default=0.0, description="of what it is made into; told once, at the first of its stores")
    fee_usd: Number = 0.0


class Waste(Frozen):
    """Tonnes of a mineral that have lapsed by the end of a week in which more do."""

    mineral: str
    week: Week
    tonnes: NonNegative


class StandIn(Frozen):
    """Tonnes of another mineral that stand for one in a target."""

    by: str
    tonnes: NonNegative


class Cover(Frozen):
    """A target and how far the plan gets, at the end of its week."""

    mineral: str
    week: Week
    stock_t: Number
    cover_days: Number
    target_days: NonNegative
    short_days: NonNegative
    critical_short_days: NonNegative
    own_t: Number | None = Field(
        default=None, exclude_if=_missing, description="that count for the mineral's own target, where not all does"
    )
    stand_in: tuple[StandIn, ...] = Field(default=(), exclude_if=_empty)
    waste_t: Number | None = Field(default=None, exclude_if=_missing, description="lapsed, where the mineral ages")


class Draw(Frozen):
    """Money drawn from a source in a week."""

    source: str
    week: Week
    usd: NonNegative


class Repay(Frozen):
    """Money paid back to a source in a week."""

    source: str
    week: Week
    usd: NonNegative


class Receipt(Frozen):
    """Money that comes in in a week, and what for: one of `withdrawal`, `offer` (with the week it was ordered in) and `bid`."""

    week: Week
    usd: Number
    withdrawal: str | None = None
    offer: str | None = None
    ordered: int | None = Field(default=None, description="the week of the order that the offer's money is of")
    bid: str | None = None


class Idle(Frozen):
    """Money that came in and is neither spent nor paid back by the end of a week; it is carried on without interest."""

    week: Week
    usd: NonNegative


class Costs(Frozen):
    """What the plan costs. The parts above `cash_usd` add up to it, payments after week T (`later_usd`) taken off and
    `not_due_usd` added.

    `total_usd` is `cash_usd` less `receipts_usd`, with handling, rent, interest and fees of sources.
    """

    goods_usd: Number = 0.0
    commission_usd: Number = 0.0
    duty_usd: Number = 0.0
    freight_usd: Number = 0.0
    top_up_usd: Number = Field(default=0.0, description="below 0 where more of what is above floors is shared")
    levy_usd: Number = Field(default=0.0, exclude_if=_nothing)
    order_fees_usd: Number = 0.0
    engage_fees_usd: Number = 0.0
    due_usd: Number = 0.0
    sale_fees_usd: Number = Field(default=0.0, exclude_if=_nothing)
    conversion_fees_usd: Number = Field(default=0.0, exclude_if=_nothing)
    later_usd: Number = Field(default=0.0, description="of frozen tickets, due after week T: not cash of the plan")
    not_due_usd: Number = Field(
        default=0.0,
        exclude_if=_nothing,
        description="0 or below: what falls due on the arrival of goods that are lost, or late past the plan's end",
    )
    cash_usd: Number = Field(default=0.0, description="before receipts")
    receipts_usd: Number = Field(default=0.0, description="that comes in, for withdrawals that pay and goods lost")
    handling_usd: Number = 0.0
    rent_usd: Number = 0.0
    interest_usd: Number = 0.0
    fees_usd: Number = Field(
        default=0.0, description="of sources of money, on what is not drawn and on draws: not cash"
    )
    total_usd: Number = 0.0
    top_up_other_usd: Number = Field(
        default=0.0, exclude_if=_nothing, description="paid to producers by another: in none of the above"
    )


class Remedy(Frozen):
    """The smallest loosening of one clashing row that, alone, lets a plan exist; `change`, made as it stands, does it."""

    rule: str
    row: str
    by: NonNegative
    unit: str = ""
    says: str
    change: str = ""


class ClashRow(Frozen):
    """One rule that takes part in a clash."""

    rule: str
    row: str
    says: str


class Clash(Frozen):
    """A smallest set of rules that no plan can keep together, and the cheapest ways out."""

    rows: tuple[ClashRow, ...]
    mends: tuple[Remedy, ...] = ()
    proof: str = Field(description="how it is known: an exact Farkas proof, or two solver paths that agree")
    says: str


class PlanDocument(Frozen):
    """The whole of plan.json."""

    schema_: Literal["orebook/plan/1"] = Field(default=SCHEMA, alias="schema")
    instance: InstanceStamp
    model: ModelStamp
    status: Status
    audited: bool | Literal["timed out"] = False
    repeatable: bool = True
    future: str | None = Field(default=None, exclude_if=_missing, description="of a hedged plan: what this one is for")
    known_week: Week | None = Field(
        default=None, exclude_if=_missing, description="the first week at whose start the instance's changes are known"
    )
    in_transit: InTransit | None = Field(
        default=None, exclude_if=_missing, description="what becomes of goods under way then that the changes bar"
    )
    unaided: Unaided | None = Field(
        default=None,
        exclude_if=_missing,
        description="where the solver found no better plan, in time or at all, than one that needs none: which it is",
    )
    stages: tuple[StageResult, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    clash: Clash | None = None
    tickets: tuple[Ticket, ...] = ()
    puts: tuple[Put, ...] = ()
    outs: tuple[Out, ...] = ()
    cover: tuple[Cover, ...] = ()
    draws: tuple[Draw, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    repays: tuple[Repay, ...] = ()
    idle: tuple[Idle, ...] = ()
    withdrawals: tuple[Served, ...] = Field(default=(), exclude_if=_empty)
    returns: tuple[Return, ...] = Field(default=(), exclude_if=_empty)
    sales: tuple[Sale, ...] = Field(default=(), exclude_if=_empty)
    conversions: tuple[Converted, ...] = Field(default=(), exclude_if=_empty)
    waste: tuple[Waste, ...] = Field(default=(), exclude_if=_empty)
    engaged: tuple[str, ...] = ()
    costs: Costs = Costs()
