"""What is left of the quotas that orders draw on: of offers, houses and the market, and shares of what is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from orebook.accounting.exact_problem import ExactProblem
from orebook.problem import Offer, Problem, Share

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """What shares are counted against before anything is bought: tonnes of each mineral, and order cash of all."""

    tonnes: Mapping[str, float]
    cash_usd: float


class Quotas:
    """Tonnes and USD left by quota; a least share is a quota of everybody else."""

    def __init__(self, case: ExactProblem, planned: Planned) -> None:
        self._case, self._problem = case, case.problem
        self._left: dict[Key, float] = {key: most for key, most in self._limits(planned) if most is not None}
        self._engaged: set[str] = set()
        self._selling: dict[str, set[str]] = {}

    def tonnes(self, offer: Offer, week: int) -> float:
        """Tonnes that may still be ordered from an offer in a week."""
        return min(self._left.get(key, inf) for key in self._tonne_keys(offer, week)) if self._opens(offer) else 0.0

    def usd(self, offer: Offer) -> float:
        """USD of order cash that may still be spent on an offer."""
        return min(self._left.get(key, inf) for key in self._cash_keys(offer))

    def fee(self, offer: Offer) -> float:
        """USD to engage the house; 0 once it is."""
        house = self._problem.houses[offer.house]
        return 0.0 if house.engaged or house.name in self._engaged else house.engage_fee_usd

    def book(self, offer: Offer, week: int, tonnes: float, usd: float) -> None:
        """Take an order off the quotas."""
        self._engaged.add(offer.house)
        self._selling.setdefault(offer.mineral, set()).add(offer.house)
        for keys, amount in ((self._tonne_keys(offer, week), tonnes), (self._cash_keys(offer), usd)):
            for key in keys:
                if key in self._left:
                    self._left[key] -= amount

    def _opens(self, offer: Offer) -> bool:
        """Whether another house may be engaged, and sell this mineral, where this one is not one of them yet."""
        model, selling = self._case.model, self._selling.get(offer.mineral, set())
        most, of_mineral = self._problem.max_houses, self._problem.minerals[offer.mineral].max_houses
        if model.on("houses") and most is not None and len(self._engaged | {offer.house}) > most:
            return False
        return not model.on("split") or of_mineral is None or len(selling | {offer.house}) <= of_mineral

    def _limits(self, planned: Planned) -> Iterator[tuple[Key, float | None]]:
        problem, on = self._problem, self._case.model.on
        for h in problem.houses.values() if on("houses") else ():
            yield ("house", h.name), h.capacity_t
            yield ("spend", h.name), h.max_spend_usd
            in_week = ((w, problem.at(w).houses.get(h.name)) for w in self._case.weeks)
            yield from ((("house", h.name, w), row.weekly_capacity_t) for w, row in in_week if row)
        for o in problem.offers.values() if on("offers") else ():
            yield ("offer", o.name), o.max_t
            of_week = ((w, problem.terms(w).offers.get(o.name)) for w in self._case.weeks)
            yield from ((("offer", o.name, w), row.max_week_t if row else 0.0) for w, row in of_week)
        for m in problem.minerals.values():
            if on("budget"):
                yield ("budget", m.name), m.budget_usd
            if on("market"):
                yield from ((("market", m.name, w), _of_market(problem.at(w), m.name)) for w in self._case.weeks)
            if on("split") and m.min_houses is not None and m.min_houses > 1:
                part = max(0.0, 1 - (m.min_houses - 1) * m.split_min_share)
                yield from ((("split", m.name, h), part * planned.tonnes[m.name]) for h in problem.houses)
        for s in problem.shares if on("shares") else ():
            whole = planned.cash_usd if s.mineral == "*" else planned.tonnes[s.mineral]
            yield _of(s), None if s.max_share is None else s.max_share * whole
            yield _of_others(s), None if s.min_share is None else (1 - s.min_share) * whole

    def _tonne_keys(self, offer: Offer, week: int) -> list[Key]:
        return [
            ("offer", offer.name),
            ("offer", offer.name, week),
            ("house", offer.house),
            ("house", offer.house, week),
            ("market", offer.mineral, week),
            ("split", offer.mineral, offer.house),
            *self._share_keys(offer, offer.mineral),
        ]

    def _cash_keys(self, offer: Offer) -> list[Key]:
        return [("spend", offer.house), ("budget", offer.mineral), *self._share_keys(offer, "*")]

    def _share_keys(self, offer: Offer, mineral: str) -> list[Key]:
        names = {"house": offer.house, "origin": offer.origin, "group": self._problem.group_of(offer)}
        shares = [s for s in self._problem.shares if s.mineral == mineral]
        return [_of(s) if names[s.by] == s.name else _of_others(s) for s in shares]


def _of_market(then: Problem, mineral: str) -> float | None:
    """Tonnes of a week's market that may be bought; None: no limit."""
    market, share = then.minerals[mineral].market_t_per_week, then.max_market_share
    return None if market is None or share is None else share * market


def _of(share: Share) -> Key:
    return ("share", *share_key(share))


def _of_others(share: Share) -> Key:
    return ("rest", *share_key(share))


def share_key(share: Share) -> tuple[str, str, str]:
    """The key of a row of shares.csv."""
    return share.mineral, share.by, share.name
