"""Where the goods of frozen tickets are placed: a definition and no decision, so that model and judge read the same one.

In the order of their arrival, each mineral's goods fill the stores that accept it by name, as far as room, intake and value
go; what no store has place for goes to the largest. Where that is over a limit, the limit becomes what it comes to.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate

from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Site

Placed = Mapping[tuple[str, str, int], Fraction]
"""(mineral, site, week) -> tonnes put away then."""


def placed(problem: Problem) -> Placed:
    """Tonnes of the frozen tickets that arrive within the plan, put away; empty where none are frozen."""
    arriving: dict[tuple[int, str], Fraction] = defaultdict(lambda: ZERO)
    for (name, week), tonnes in problem.prior.items():
        if name in problem.terms(week).offers and problem.frozen(week) and week <= problem.weeks:
            offer = problem.terms(week).offers[name]
            arriving[problem.arrives(offer, week), offer.mineral] += exact(tonnes)
    within = {key: tonnes for key, tonnes in arriving.items() if key[0] <= problem.weeks}
    return _Stores(problem).filled(within) if within else {}


class _Stores:
    """What each store still has place for; each amount put away leaves less of it, that week and later."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._puts: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
        self._intake: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
        self._volume: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
        self._value: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
        for (mineral, site), tonnes in problem.stock.items():
            self._held(mineral, site, 1, exact(tonnes))
        for order in problem.inbound:
            self._held(order.mineral, order.site, order.week, exact(order.tonnes))

    def filled(self, arriving: Mapping[tuple[int, str], Fraction]) -> Placed:
        """All that arrives, put away."""
        choice = {(w, m): [s for s in self._sites(w) if self._takes(s, m, w)] for w, m in arriving}
        for week, mineral in sorted(arriving, key=lambda key: (key[0], len(choice[key]), key[1])):
            left, takes = arriving[week, mineral], choice[week, mineral]
            for site in takes:
                place = self._place(site, mineral, week)
                left -= self._put(mineral, site.name, week, left if place is None else min(left, place))
            if left > 0 and takes:
                largest = max(takes, key=lambda s: math.inf if s.capacity_m3 is None else s.capacity_m3)
                self._put(mineral, largest.name, week, left)
        return dict(self._puts)

    def _sites(self, week: int) -> list[Site]:
        """The stores that there are in a week, by name."""
        there = self._problem.at(week).sites
        return [there[name] for name in sorted(there)]

    def _takes(self, site: Site, mineral: str, week: int) -> bool:
        return site.accepts is None or self._problem.at(week).minerals[mineral].storage_class in site.accepts

    def _place(self, site: Site, mineral: str, week: int) -> Fraction | None:
        """Tonnes of a mineral that a store has place for from a week on; None: no limit."""
        places = []
        if site.inbound_t_per_week is not None:
            places.append(exact(site.inbound_t_per_week) - self._intake[site.name, week])
        for later in range(week, self._problem.weeks + 1):
            then = self._problem.at(later)
            if (row := then.sites.get(site.name)) is None:
                break
            m3 = exact(then.minerals[mineral].m3_per_t)
            if row.capacity_m3 is not None and m3 > 0:
                places.append((exact(row.capacity_m3) - self._volume[site.name, later]) / m3)
            price = exact(self._problem.benchmark[mineral, later])
            if row.max_value_usd is not None and price > 0:
                places.append((exact(row.max_value_usd) - self._value[site.name, later]) / price)
        return max(ZERO, min(places)) if places else None

    def _put(self, mineral: str, site: str, week: int, tonnes: Fraction) -> Fraction:
        if tonnes > 0:
            self._puts[mineral, site, week] += tonnes
            self._intake[site, week] += tonnes
            self._held(mineral, site, week, tonnes)
        return tonnes

    def _held(self, mineral: str, site: str, week: int, tonnes: Fraction) -> None:
        for later in range(week, self._problem.weeks + 1):
            m3 = exact(self._problem.at(later).minerals[mineral].m3_per_t)
            self._volume[site, later] += tonnes * m3
            self._value[site, later] += tonnes * exact(self._problem.benchmark[mineral, later])


def held_by(puts: Placed, problem: Problem) -> dict[tuple[str, str, int], Fraction]:
    """(mineral, site, week) -> tonnes of those puts in store at the end of each week in which there is such a store, nothing
    taken out."""
    places = {(mineral, site) for mineral, site, _ in puts}
    held = {}
    for mineral, site in places:
        by_week = accumulate(puts.get((mineral, site, w), ZERO) for w in range(1, problem.weeks + 1))
        there = ((w, tonnes) for w, tonnes in enumerate(by_week, 1) if site in problem.at(w).sites)
        held.update({(mineral, site, w): tonnes for w, tonnes in there})
    return held
