"""Room left in the stores, week by week; what is put away stays to the end, withdrawals left out."""

from __future__ import annotations

from collections import defaultdict
from math import floor, inf

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Put
from orebook.exact import Fraction
from orebook.problem import Mineral, Site

GRAMS_PER_TONNE = 10**6


class Stores:
    """Puts goods into the stores that accept them and have room, the cheapest first."""

    def __init__(self, case: ExactProblem) -> None:
        self._case, self._limited = case, case.model.on("storage")
        self._put: dict[tuple[str, str, int], Fraction] = defaultdict(Fraction)
        self._intake = {
            (name, w): site.inbound_t_per_week
            for w in case.weeks
            for name, site in case.problem.at(w).sites.items()
            if site.inbound_t_per_week is not None
        }
        self._room = {key: float(limit) for key, limit in case.room_m3.items() if limit is not None}
        self._worth = {key: float(limit) for key, limit in case.worth_usd.items() if limit is not None}
        for (mineral, site, week), tonnes in case.opening.items():
            self._fill(mineral, site, week, float(tonnes))

    @property
    def puts(self) -> tuple[Put, ...]:
        """What is put where."""
        return tuple(Put(*key, tonnes) for key, tonnes in sorted(self._put.items()) if tonnes)

    def room(self, mineral: str, week: int) -> float:
        """Tonnes of a mineral that can still be put away in a week, all stores together."""
        return sum(self._left(mineral, site, week) for site in self._accepting(mineral, week))

    def put(self, mineral: str, week: int, tonnes: Fraction) -> None:
        """Put goods away; what finds no room goes to the first store all the same."""
        sites = self._accepting(mineral, week) or list(self._case.problem.at(week).sites)
        for site in sites:
            left = self._left(mineral, site, week)
            part = tonnes if left >= tonnes else Fraction(floor(left * GRAMS_PER_TONNE), GRAMS_PER_TONNE)
            self._book(mineral, site, week, part)
            tonnes -= part
            if not tonnes:
                return
        self._book(mineral, sites[0], week, tonnes)

    def _accepting(self, mineral: str, week: int) -> list[str]:
        """Stores that take the mineral, by what a tonne costs there to the end."""
        then, weeks = self._case.problem.at(week), self._case.problem.weeks - week + 1
        m = then.minerals[mineral]
        taking = [s for s in then.sites.values() if not self._limited or _accepts(s, m)]
        return [
            s.name
            for s in sorted(taking, key=lambda s: s.handling_usd_per_t + s.rent_usd_per_m3_week * m.m3_per_t * weeks)
        ]

    def _left(self, mineral: str, site: str, week: int) -> float:
        if not self._limited:
            return inf
        left = self._intake.get((site, week), inf)
        for w in range(week, self._case.problem.weeks + 1):
            m3 = self._case.problem.at(w).minerals[mineral].m3_per_t
            price = self._case.problem.benchmark[mineral, w]
            if m3 > 0 and (site, w) in self._room:
                left = min(left, self._room[site, w] / m3)
            if price > 0 and (site, w) in self._worth:
                left = min(left, self._worth[site, w] / price)
        return max(0.0, left)

    def _book(self, mineral: str, site: str, week: int, tonnes: Fraction) -> None:
        self._put[mineral, site, week] += tonnes
        if (site, week) in self._intake:
            self._intake[site, week] -= float(tonnes)
        for w in range(week, self._case.problem.weeks + 1):
            self._fill(mineral, site, w, float(tonnes))

    def _fill(self, mineral: str, site: str, week: int, tonnes: float) -> None:
        if (site, week) in self._room:
            self._room[site, week] -= tonnes * self._case.problem.at(week).minerals[mineral].m3_per_t
        if (site, week) in self._worth:
            self._worth[site, week] -= tonnes * self._case.problem.benchmark[mineral, week]


def _accepts(site: Site, mineral: Mineral) -> bool:
    return site.accepts is None or mineral.storage_class in site.accepts
