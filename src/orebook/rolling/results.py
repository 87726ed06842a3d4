"""What weeks rolled on came to: a row a week, and where it ended."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from orebook.schema.base import Frozen


class Week(Frozen):
    """A week as it was planned and committed; USD and weighted days are of that week's end."""

    week: int
    monday: date | None
    status: str = Field(
        description="optimal or feasible, `thawed` where frozen orders left no plan; thumb: no solver made it"
    )
    orders: int = Field(description="placed in this week")
    changed: int | None = Field(
        description="orders of the plan that differ from the week before's plan; None in the first"
    )
    breaches: int = Field(description="rows that the plan breaks or gives up")
    futures: int = Field(0, description="futures that the instance lists in this week")
    lost_t: float = Field(0.0, description="tonnes under way that were lost since the week before")
    says: str = Field("", description="what came true since the week before, and what became of futures")
    cash_usd: float
    total_usd: float = Field(
        description="cash less receipts, handling of what was ordered or put away, rent, interest and fees"
    )
    short: float = Field(description="weighted days short of the aims, by what lies in store")
    short_with_inbound: float = Field(description="the same with what is under way")
    seconds: float


class FinalCover(Frozen):
    """A mineral at the end: days of cover in store and with what is under way, against the days aimed at."""

    mineral: str
    days: float
    days_with_inbound: float
    aim_days: float


class PolicyResult(Frozen):
    """One policy, that is a way of planning, rolled on week after week."""

    way: str = Field(description="the policy's name")
    says: str
    weeks: tuple[Week, ...]
    cover: tuple[FinalCover, ...]
    ended: str = Field("", description="why it ended early; empty where it did not")

    @property
    def cash_usd(self) -> float:
        """Paid in all weeks."""
        return sum(w.cash_usd for w in self.weeks)

    @property
    def total_usd(self) -> float:
        """Cash and carrying costs of all weeks."""
        return sum(w.total_usd for w in self.weeks)

    @property
    def changed(self) -> float | None:
        """Orders changed from week to week, on average; None where there is one week."""
        counted = [w.changed for w in self.weeks if w.changed is not None]
        return sum(counted) / len(counted) if counted else None
