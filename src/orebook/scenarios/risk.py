"""What many draws come to: the spread of the plan's cost as ordered, and of cost and days short with foresight.

Value at risk at level a is the smallest value not exceeded in a part a of the draws; conditional value at risk is the mean of
the worst 1 - a of them: Rockafellar and Uryasev, Journal of Risk 2 (2000) 21-41.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from statistics import fmean, stdev

from pydantic import Field

from orebook.scenarios.outcome import Outcome
from orebook.schema.base import Frozen


class Spread(Frozen):
    """How a figure is spread over the draws, in its own unit."""

    mean: float
    error: float = Field(description="standard error of the mean; 0 where there is one draw")
    low: float = Field(description="not exceeded in 5 of 100 draws")
    median: float
    high: float = Field(description="not exceeded in 95 of 100 draws")
    at_risk: float = Field(description="value at risk at the level asked for")
    conditional: float = Field(description="mean of the draws beyond that level")

    @classmethod
    def of(cls, values: Sequence[float], level: float) -> Spread:
        """The spread of at least one value; `level` in 0..1."""
        ordered, n = sorted(values), len(values)
        at_risk = _quantile(ordered, level)
        beyond = sum(max(0.0, x - at_risk) for x in ordered) / ((1 - level) * n)
        return cls(
            mean=fmean(ordered),
            error=stdev(ordered) / n**0.5 if n > 1 else 0.0,
            low=_quantile(ordered, 0.05),
            median=_quantile(ordered, 0.5),
            high=_quantile(ordered, 0.95),
            at_risk=at_risk,
            conditional=at_risk + beyond,
        )


class OrderFrequency(Frozen):
    """An order of week 1 and in how many of the draws it is placed."""

    offer: str
    draws: int
    part: float = Field(description="of the draws that have a plan, 0..1")
    least_t: float = Field(description="where it is placed")
    most_t: float
    in_base: bool


class Risk(Frozen):
    """What draws of prices come to: for the plan as ordered, and for who knew all prices from week 1 (foresight).

    `draws`: how many there were, plan or none.
    `without_plan`, `unproven`: of these, and whose plan a limit cut before its gap was reached.
    `level`: of the value at risk, 0 to 1.
    `as_ordered_usd`: how the total cost in USD of the base plan's tickets is spread, whose tonnes stay; None without a draw
      that was reached, and where changes take an offer of the plan away.
    `beyond_money`: in how many draws that is more than budget, releases and sources allow.
    `cost_usd`, `short`: how with foresight the total cost in USD and the weighted days short are spread over the draws that
      have a plan; None where none has.
    `week_one`: the orders of week 1 that foresight places, the most frequent first.
    """

    draws: int
    without_plan: int
    unproven: int = Field(description="plans that a limit cut before their gap was reached")
    level: float
    as_ordered_usd: Spread | None = Field(description="total cost of the base plan's tickets, whose tonnes stay")
    beyond_money: int = Field(description="draws in which that is more than budget, releases and sources allow")
    cost_usd: Spread | None = Field(description="total cost with foresight")
    short: Spread | None = Field(description="weighted days short with foresight, the measure `cover`")
    week_one: tuple[OrderFrequency, ...]


def risk_of(base: Outcome, outcomes: Sequence[Outcome], level: float) -> Risk:
    """What outcomes of draws come to; `level` in 0..1, such as 0.95."""
    planned = [o for o in outcomes if o.has_plan]
    ordered = [o.as_ordered for o in outcomes if o.as_ordered]
    return Risk(
        draws=len(outcomes),
        without_plan=len(outcomes) - len(planned),
        unproven=sum(o.status != "optimal" for o in planned),
        level=level,
        as_ordered_usd=Spread.of([a.total_usd for a in ordered], level) if ordered else None,
        beyond_money=sum(a.beyond_money for a in ordered),
        cost_usd=Spread.of([o.total_usd or 0.0 for o in planned], level) if planned else None,
        short=Spread.of([o.measures["cover"] for o in planned], level) if planned else None,
        week_one=_week_one(base, planned),
    )


def _week_one(base: Outcome, planned: Sequence[Outcome]) -> tuple[OrderFrequency, ...]:
    """Orders of week 1, the most frequent first."""
    tonnes: dict[str, list[float]] = defaultdict(list)
    for outcome in planned:
        for t in outcome.tickets:
            if t.week == 1:
                tonnes[t.offer].append(t.tonnes)
    based = {t.offer for t in base.tickets if t.week == 1}
    found = [
        OrderFrequency(
            offer=offer,
            draws=len(each),
            part=len(each) / len(planned),
            least_t=min(each, default=0.0),
            most_t=max(each, default=0.0),
            in_base=offer in based,
        )
        for offer, each in ((o, tonnes[o]) for o in sorted({*tonnes, *based}))
        if planned
    ]
    return tuple(sorted(found, key=lambda c: (-c.draws, c.offer)))


def _quantile(ordered: Sequence[float], part: float) -> float:
    """The smallest value not exceeded in that part of the draws."""
    return ordered[max(0, ceil(part * len(ordered) - 1e-9) - 1)]
