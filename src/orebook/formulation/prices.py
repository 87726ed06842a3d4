"""What a tonne costs: the landed price of an offer in a week at a tier, term by term, in USD/t.

    quote      = price_usd_per_t, else benchmark * (1 + premium_pct/100) + premium_usd_per_t
    tier       = quote * (1 - discount_pct/100)
    paid       = max(tier, floor) under `minimum`, else tier
    top_up     = max(0, floor - tier) - upside_pct/100 * max(0, tier - floor) under a `cfd` that the reserve pays, else 0
    levy       = max(0, floor - tier) under `levy`, else 0
    commission = commission_pct/100 * paid,   duty = duty_pct/100 * paid
    landed     = paid + commission + duty + freight + top_up + levy

The judge works the same terms out again, in fractions and in code of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass

from orebook.exact import Fraction, exact
from orebook.problem import Floor, Offer, Problem, Tier

_TIE_BREAK = {"reject": 3, "minimum": 2, "cfd": 1, "levy": 0}


@dataclass(frozen=True, slots=True)
class Landed:
    """USD for one tonne; `usable` is False where a `reject` floor lies above the tier."""

    paid: float
    commission: float
    duty: float
    freight: float
    top_up: float
    levy: float
    usable: bool

    @property
    def total(self) -> float:
        """The landed price."""
        return self.paid + self.commission + self.duty + self.freight + self.top_up + self.levy


class PriceBook:
    """The landed prices of a problem, worked out once. Floors and duties are looked up once an offer and its terms.

    Of a book from `before`, made for as many weeks, the prices hold but for the minerals to price `again`.
    """

    def __init__(self, problem: Problem, before: PriceBook | None = None, again: Container[str] = ()) -> None:
        self._problem = problem
        anew = [o for o in problem.offers.values() if before is None or o.mineral in again]
        self._floors: dict[tuple[int, str], Floor | None] = {}
        self._duties: dict[tuple[int, str], float] = {}
        weeks = range(1, problem.weeks + 1)
        self._landed = {o.name: [self._tiers(o.name, week) for week in weeks] for o in anew}
        self._span = {name: _span(prices) for name, prices in self._landed.items()}
        if before is not None:
            still = [o.name for o in problem.offers.values() if o.mineral not in again]
            self._landed |= {o: before._landed[o] for o in still}
            self._span |= {o: before._span[o] for o in still}

    def landed(self, offer: str, week: int) -> list[Landed]:
        """The price of a tonne ordered in `week` 1..T, at each tier from the lowest; empty where nobody offers it then."""
        return self._landed[offer][week - 1]

    def _tiers(self, name: str, week: int) -> list[Landed]:
        terms = self._problem.terms(week)
        offer = terms.offers.get(name)
        return [] if offer is None else [self._price(terms, offer, week, tier) for tier in offer.tiers]

    def _price(self, terms: Problem, offer: Offer, week: int, tier: Tier) -> Landed:
        price = self._quote(terms, offer, week) * (1 - tier.discount_pct / 100)
        key = (id(terms), offer.name)
        if key not in self._duties:
            self._floors[key], self._duties[key] = _floor(terms, offer), _duty_pct(terms, offer)
        floor = self._floors[key]
        paid, top_up, levy, usable = price, 0.0, 0.0, True
        if floor is not None and floor.mechanism == "minimum":
            paid = max(price, floor.floor_usd_per_t)
        elif floor is not None and floor.mechanism == "cfd":
            top_up = _top_up(floor, price)
        elif floor is not None and floor.mechanism == "levy":
            levy = max(0.0, floor.floor_usd_per_t - price)
        elif floor is not None:
            usable = self._exact_tier(terms, offer, week, tier) >= exact(floor.floor_usd_per_t)
        return Landed(
            paid=paid,
            commission=terms.houses[offer.house].commission_pct / 100 * paid,
            duty=self._duties[key] / 100 * paid,
            freight=offer.freight_usd_per_t,
            top_up=top_up,
            levy=levy,
            usable=usable,
        )

    def extremes(self) -> tuple[dict[str, float], float]:
        """The dearest tonne of each mineral that has an offer, and the cheapest of all (USD/t; inf without offers)."""
        dearest: dict[str, float] = defaultdict(float)
        cheapest = math.inf
        for offer, (lowest, highest) in self._span.items():
            mineral = self._problem.offers[offer].mineral
            dearest[mineral] = max(dearest[mineral], highest)
            cheapest = min(cheapest, lowest)
        return dearest, cheapest

    def _quote(self, terms: Problem, offer: Offer, week: int) -> float:
        if offer.price_usd_per_t is not None:
            return offer.price_usd_per_t
        benchmark = terms.benchmark[offer.mineral, week]
        return benchmark * (1 + offer.premium_pct / 100) + offer.premium_usd_per_t

    def _exact_tier(self, terms: Problem, offer: Offer, week: int, tier: Tier) -> Fraction:
        """The tier's price in fractions: a hair decides whether a `reject` floor bars it."""
        if offer.price_usd_per_t is not None:
            quote = exact(offer.price_usd_per_t)
        else:
            benchmark = exact(terms.benchmark[offer.mineral, week])
            quote = benchmark * (1 + exact(offer.premium_pct) / 100) + exact(offer.premium_usd_per_t)
        return quote * (1 - exact(tier.discount_pct) / 100)


def bid_usd_per_t(problem: Problem, bid: str, week: int) -> float:
    """What a bid pays in a week: its own price, else the benchmark with its premiums."""
    row = problem.at(week).bids[bid]
    if row.price_usd_per_t is not None:
        return row.price_usd_per_t
    return problem.benchmark[row.mineral, week] * (1 + row.premium_pct / 100) + row.premium_usd_per_t


def _span(prices: list[list[Landed]]) -> tuple[float, float]:
    """The cheapest and the dearest tonne of an offer."""
    totals = [p.total for week in prices for p in week]
    return min(totals, default=math.inf), max(totals, default=-math.inf)


def _top_up(floor: Floor, price: float) -> float:
    """What the reserve pays to the producer for a tonne, below 0 where it shares what is above; 0 where another pays."""
    if floor.payer == "other":
        return 0.0
    above = max(0.0, price - floor.floor_usd_per_t)
    return max(0.0, floor.floor_usd_per_t - price) - floor.upside_pct / 100 * above


def _floor(problem: Problem, offer: Offer) -> Floor | None:
    """The floor that decides: the highest that matches; on a tie by mechanism, then the origin's, the group's, any other."""
    group = problem.group_of(offer)
    matching = [f for f in problem.floors if f.mineral == offer.mineral and f.origin in {None, offer.origin, group}]

    def strength(floor: Floor) -> tuple[float, int, bool, bool]:
        own = floor.origin is not None and floor.origin == offer.origin
        return floor.floor_usd_per_t, _TIE_BREAK[floor.mechanism], own, floor.origin is not None

    return max(matching, key=strength, default=None)


def _duty_pct(problem: Problem, offer: Offer) -> float:
    """The first listed of (origin, mineral), (origin, *), (group, mineral), (group, *); 0 where none is."""
    for place in (offer.origin, problem.group_of(offer)):
        for mineral in (offer.mineral, "*"):
            if place is not None and (place, mineral) in problem.duties:
                return problem.duties[place, mineral]
    return 0.0
