"""What a drill came to: a way of planning each, week by week; weeks are those of the drill throughout."""

from __future__ import annotations

from pydantic import Field

from orebook.explanations.engine.whole_again import Keeps
from orebook.rolling.results import PolicyResult, Week
from orebook.schema.base import Frozen
from orebook.schema.plan import KeptBy
from orebook.schema.tables import WithdrawalKind


class Order(Frozen):
    """An order that was placed; `arrives` is when it was to arrive."""

    week: int
    offer: str
    house: str
    mineral: str
    origin: str | None
    tonnes: float
    arrives: int | None
    order_cash_usd: float


class Struck(Frozen):
    """Goods under way that a shock lost or made late."""

    week: int = Field(description="of the shock")
    mineral: str
    origin: str | None
    tonnes: float
    was_to_arrive: int
    arrives: int | None = Field(description="null: lost")
    paid_usd: float = Field(description="that was paid on order, fee included")


class Asked(Frozen):
    """A withdrawal: what a member asked and got."""

    week: int
    withdrawal: str
    member: str | None
    mineral: str
    kind: WithdrawalKind = Field(description="taken, lent or sold")
    asked_t: float
    served_t: float
    days: float | None = Field(description="of the member's own use that it went without; null where it has none")
    kept_by: KeptBy | None = Field(description="the first that kept the rest from it; null where nothing did")

    @property
    def unmet_t(self) -> float:
        """What it went without, t."""
        return self.asked_t - self.served_t


class CoverByWeek(Frozen):
    """Days of cover of a mineral in store at the end of each week: of those drilled, then as the last plan means it."""

    mineral: str
    users: tuple[str, ...] = Field(description="members that use it, the largest user first")
    start_days: float
    days: tuple[float, ...]
    planned_days: tuple[float, ...]

    @property
    def all_days(self) -> tuple[float, ...]:
        """Of every week that is seen."""
        return (*self.days, *self.planned_days)


class TargetWhole(Frozen):
    """A target: how far it is expected to be met, plan by plan, and from which week on it stays met."""

    mineral: str
    week: int = Field(description="at whose end it is wanted")
    days: float
    criticality: float = Field(description="what a day short weighs")
    expected_days: tuple[float, ...] = Field(description="of cover then, as the plan of each drilled week has it")
    whole_from: int | None = Field(description="the first week from which on it stays met; null: in none that is seen")
    kept_by: tuple[Keeps, ...] = Field(description="what keeps it from being whole sooner, where it is not on time")
    says: str = Field(description="the same in words")

    @property
    def reached(self) -> float:
        """The days that it has, as far as is known last, and no more than are wanted."""
        return min(self.days, self.expected_days[-1])

    @property
    def on_time(self) -> bool:
        """Whether it is met in its week and stays so."""
        return self.whole_from is not None and self.whole_from <= self.week


class DrilledWay(Frozen):
    """A way of planning, drilled. `seen_to` is the last week of the last plan."""

    way: str
    says: str
    weeks: tuple[Week, ...]
    seen_to: int
    struck: tuple[Struck, ...]
    withdrawals: tuple[Asked, ...]
    orders: tuple[Order, ...]
    cover: tuple[CoverByWeek, ...]
    targets: tuple[TargetWhole, ...]
    ended: str = Field("", description="why it ended early; empty where it did not")

    @property
    def result(self) -> PolicyResult:
        """Its weeks as those of a way that is rolled."""
        return PolicyResult(way=self.way, says=self.says, weeks=self.weeks, cover=(), ended=self.ended)

    @property
    def without(self) -> tuple[Asked, ...]:
        """Withdrawals that were not served whole."""
        return tuple(w for w in self.withdrawals if w.unmet_t > DUST_T)

    @property
    def missed(self) -> tuple[TargetWhole, ...]:
        """Targets that are not whole on time."""
        return tuple(t for t in self.targets if not t.on_time)


DUST_T = 1e-6
"""A gram: less of a withdrawal is served."""


class Helped(Frozen):
    """An order that foresight placed more of, before the last shock, than the plan did: what would have helped."""

    offer: str
    mineral: str
    week: int
    tonnes: float
    plan_t: float = Field(description="what the plan ordered of the offer in the same week")
