"""What takes goods out of stores at a point: withdrawals, sales and conversions, each of a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from orebook.decisions import Converted, Out, Sale
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM, gram_below, meant
from orebook.problem import Problem
from orebook.rounding.amounts import MET, MET_T, Values

Kind = Literal["out", "sell", "convert"]
"""The component of its variables."""


@dataclass(frozen=True)
class Taker:
    """Who takes goods of a mineral in a week, how much the point takes for it from each store, and what of it is settled.

    `all_of_it`: an amount that is had in full where the point has it. `settled`: whole lots, whatever the point has.
    """

    kind: Kind
    name: str
    week: int
    point: Mapping[str, float]
    all_of_it: Fraction | None = None
    settled: Fraction | None = None

    @property
    def key(self) -> tuple[Kind, str, int]:
        """What it is known by."""
        return self.kind, self.name, self.week

    @property
    def total(self) -> float:
        """Tonnes that the point takes out for it."""
        return sum(self.point.values())

    def taken(self, site: str, tonnes: Fraction) -> Out | Sale | Converted:
        """The decision to take so many tonnes out of a store."""
        if self.kind == "out":
            return Out(self.name, site, tonnes)
        if self.kind == "sell":
            return Sale(self.name, site, self.week, tonnes)
        return Converted(self.name, site, self.week, tonnes)


def takers_of(problem: Problem, mineral: str, values: Values) -> list[Taker]:
    """All that take a mineral, by week: who withdraws first, then bids, then conversions."""
    found = [*_withdrawals(problem, mineral, values), *_sales(problem, mineral, values)]
    found += _conversions(problem, mineral, values)
    return sorted(found, key=lambda taker: taker.week)


def _withdrawals(problem: Problem, mineral: str, values: Values) -> Iterator[Taker]:
    for j in problem.withdrawals.values():
        if j.mineral == mineral:
            point = {s: values[key] for s in problem.sites if (key := ("out", (j.name, s))) in values}
            yield Taker("out", j.name, j.week, point, exact(j.tonnes))


def _sales(problem: Problem, mineral: str, values: Values) -> Iterator[Taker]:
    for name in (b.name for b in problem.bids.values() if b.mineral == mineral):
        for week in range(1, problem.weeks + 1):
            point = {s: values[key] for s in problem.sites if (key := ("sell", (name, s, week))) in values}
            if point and (bid := problem.at(week).bids.get(name)) is not None:
                lots = _lots(values, "sale_lots", name, week, bid.lot_t)
                limits = [exact(x) for x in (bid.min_t, bid.max_week_t) if x]
                yield Taker("sell", name, week, point, _near(sum(point.values()), limits), lots)


def _conversions(problem: Problem, mineral: str, values: Values) -> Iterator[Taker]:
    for name in problem.conversions:
        for week in range(1, problem.weeks + 1):
            row = problem.at(week).conversions.get(name)
            if row is None or row.source != mineral:
                continue
            point = {s: values[key] for s in problem.sites if (key := ("convert", (name, s, week))) in values}
            if point:
                limits = [exact(row.capacity_t_per_week)] if row.capacity_t_per_week else []
                lots = _lots(values, "conversion_lots", name, week, row.lot_t)
                yield Taker("convert", name, week, point, _near(sum(point.values()), limits), lots)


def _lots(values: Values, component: str, name: str, week: int, lot_t: float | None) -> Fraction | None:
    return None if lot_t is None else round(values.get((component, (name, week)), 0.0)) * exact(lot_t)


def _near(tonnes: float, limits: list[Fraction]) -> Fraction | None:
    """The limit that a point is at, if any."""
    return next((limit for limit in limits if abs(exact(tonnes) - limit) <= max(MET_T / 2, MET * limit)), None)


def meets(tonnes: Fraction, aim: Fraction) -> bool:
    """Whether a point is meant to reach an amount."""
    return tonnes >= aim - max(min(MET_T, aim / 1000), MET * aim)


def in_grams(takers: list[Taker]) -> dict[tuple[Kind, str, int], Fraction]:
    """What each takes: lots as they are, all of an amount where the point has it, else whole grams.

    Withdrawals are rounded down, sales and conversions to the nearest gram. What is left of a gram a later one has: so the plan
    takes as many grams as the point.
    """
    served: dict[tuple[Kind, str, int], Fraction] = {}
    left = {"out": ZERO, "sell": ZERO, "convert": ZERO}
    for taker in takers:
        if taker.settled is not None:
            served[taker.key] = taker.settled
            continue
        tonnes, whole = meant(taker.total), taker.all_of_it
        if whole is not None and meets(tonnes, whole):
            served[taker.key] = whole
            continue
        grams = gram_below(tonnes + left[taker.kind] + (GRAM / 1000 if taker.kind == "out" else GRAM / 2))
        served[taker.key] = max(ZERO, grams if whole is None else min(whole, grams))
        left[taker.kind] += tonnes - served[taker.key]
    return served
