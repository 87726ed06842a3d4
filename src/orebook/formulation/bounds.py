"""The most tonnes one order can have, from the data: what makes every integer and every on-off row tight.

Each limit holds in every plan the model allows, so only rules that never give way are used. An offer that no limit of its own
or of its house bounds well (`LOOSEST_BOUND_TIMES`) is bounded by the most that anyone could want of its mineral
(`most_wanted_t`): a plan that orders more can be cut back to it without getting worse by any stage. Limits that are worked
out, and not typed in, are widened by `BOUND_PADDING_REL`, or to the next gram, so that rounding never costs a lot or a
target.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable

from orebook.formulation.due import lapsing_of
from orebook.formulation.leaving import conversion_order, most_sold, open_bids, open_conversions
from orebook.formulation.prices import PriceBook
from orebook.formulation.receipts import most_receipts
from orebook.grams import gram_above, meant
from orebook.placement import placed
from orebook.problem import Offer, Problem
from orebook.schema.model import Model
from orebook.schema.rules import RuleName

LOOSEST_BOUND_TIMES = 1e5
"""Lots (tonnes, where there are none) from which on a limit that was typed in bounds nothing: the solver's tolerance of
1e-6 on an on-off column would let through a good part of a lot."""

BOUND_PADDING_REL = 1e-9
"""Part of a worked-out limit that its rounding could take off, with much to spare."""


class Bounds:
    """Upper bounds on orders; built once a problem, in one pass over its tables. `book` has its prices."""

    def __init__(self, problem: Problem, model: Model, book: PriceBook) -> None:
        self.book = book
        self._problem = problem
        self._model = model
        self._drawn: dict[tuple[str, int], float] = defaultdict(float)
        for w in problem.withdrawals.values():
            self._drawn[w.mineral, w.week] += w.tonnes
        self._leaves = _leaves(problem, model)
        self._held = _standing_volume(problem)
        if model.on("frozen"):
            for (mineral, site, _), tonnes in placed(problem).items():
                self._held[site] += float(tonnes) * _bulkiest(problem, mineral)
        self._wanted = _wanted(problem, model)
        free = None if problem.released is None else [u for w, u in problem.released.items() if w <= problem.weeks]
        self._released_usd = None if free is None else sum(free)
        refunded = problem.world is not None and problem.world.in_transit == "refund"
        self._receipts_usd = math.inf if refunded else sum(most_receipts(problem).values())
        self._dearest, self._cheapest = book.extremes()

    def week_t(self, offer: Offer, week: int, landed_usd_per_t: float) -> float:
        """The most tonnes of one order of a week that costs at least this much a tonne; `offer` as it stands in that week."""
        arrives = self._problem.arrives(offer, week)
        most = self._typed_t(offer, week)
        if math.isinf(most) or (landed_usd_per_t > 0 and _loose(offer, most)):
            most = min(most, self.most_wanted_t(offer, landed_usd_per_t))
        return min(most, self._money_t(offer, arrives, landed_usd_per_t), self._room_t(offer.mineral, arrives))

    def common(self) -> Hashable:
        """What bounds orders of minerals that share nothing else: where it is equal, a change of one leaves the others'."""
        problem = self._problem
        rooms = [
            None if s.capacity_m3 is None else max(s.capacity_m3, self._held[s.name]) for s in problem.sites.values()
        ]
        ways = [(s.inbound_t_per_week, s.accepts) for s in problem.sites.values()]
        purses = (problem.budget_usd, self._released_usd, self._cheapest < 0, self._receipts_usd)
        valued = any(s.mineral == "*" for s in problem.shares) and any(
            _loose(o, self._typed_t(o, 1)) for o in problem.offers.values()
        )
        wants = (tuple(self._wanted.items()), tuple(self._dearest.items())) if valued else ()
        return tuple(rooms), tuple(ways), purses, wants

    def _typed_t(self, offer: Offer, week: int) -> float:
        """The most that was typed in of an offer and its house."""
        return min(self._own_t(offer), self._house_t(offer, week))

    def _firm(self, rule: RuleName) -> bool:
        return self._model.on(rule) and self._model.rules[rule].level != "policy"

    def _own_t(self, offer: Offer) -> float:
        in_all = self._problem.offers[offer.name].max_t
        return _least(offer.max_week_t, in_all) if self._firm("offers") else math.inf

    def _house_t(self, offer: Offer, week: int) -> float:
        in_week = self._problem.terms(week).houses[offer.house].weekly_capacity_t
        in_all = self._problem.houses[offer.house].capacity_t
        return _least(in_week, in_all) if self._firm("houses") else math.inf

    def _money_t(self, offer: Offer, arrives: int, landed: float) -> float:
        """Tonnes that the tightest purse could pay for; none where another order could pay money back."""
        problem = self._problem
        purses: list[float | None] = []
        if self._firm("budget"):
            purses.append(problem.minerals[offer.mineral].budget_usd)
            if (
                arrives + offer.pay_after_weeks <= problem.weeks
            ):  # else a part falls due after the plan, and is no cash of it
                shared = (problem.budget_usd, self._released_usd)
                purses += [None if usd is None else usd + self._receipts_usd for usd in shared]
        if self._firm("houses"):
            purses.append(problem.houses[offer.house].max_spend_usd)
        if landed <= 0 or self._cheapest < 0:
            return math.inf
        return _least(*purses) / landed * (1 + BOUND_PADDING_REL)

    def _room_t(self, mineral: str, week: int) -> float:
        """Tonnes that the stores could take in a week, were they empty: what leaves in the week makes room."""
        if week > self._problem.weeks or not self._firm("storage"):
            return math.inf
        then = self._problem.at(week)
        m3, kind = then.minerals[mineral].m3_per_t, then.minerals[mineral].storage_class
        total = 0.0
        for site in (s for s in then.sites.values() if s.accepts is None or kind in s.accepts):
            room = math.inf
            if site.capacity_m3 is not None and m3 > 0:
                capacity = max(site.capacity_m3, self._held[site.name])
                room = capacity / m3 + self._drawn[mineral, week] + self._leaves.get((mineral, week), 0.0)
            total += min(room, _least(site.inbound_t_per_week))
        return total * (1 + BOUND_PADDING_REL)

    def most_wanted_t(self, offer: Offer, landed: float) -> float:
        """The most that targets, withdrawals, commitments, least orders and shares could make one want."""
        wanted = self._wanted[offer.mineral]
        if landed > 0 and any(s.mineral == "*" for s in self._problem.shares):
            others = (t * self._dearest.get(i, 0.0) for i, t in self._wanted.items() if i != offer.mineral)
            wanted += sum(others) / landed
        most = wanted / self._least_part(offer.mineral)
        return most * (1 + BOUND_PADDING_REL) if offer.lot_t is not None else float(gram_above(meant(most)))

    def _least_part(self, mineral: str) -> float:
        """The smallest part of a purchase that shares or a split could hold one of its tickets to."""
        parts = [1.0]
        spoken_for: dict[tuple[str, str], float] = defaultdict(float)
        for share in self._problem.shares:
            if share.mineral in (mineral, "*"):
                parts += [p for p in (share.min_share, share.max_share) if p]
                spoken_for[share.mineral, share.by] += share.min_share or 0.0
        parts += [1 - part for part in spoken_for.values() if part < 1]
        own = self._problem.minerals[mineral]
        parts += [own.split_min_share] if own.min_houses and own.split_min_share > 0 else []
        return min(parts)


def _least_order(problem: Problem, name: str, week: int) -> float:
    """Tonnes that an order of a week has at its last tier, at the least; 0 where nobody offers it then."""
    offer = problem.terms(week).offers.get(name)
    return offer.min_order_t + offer.tiers[-1].from_t + (offer.lot_t or 0.0) if offer else 0.0


def _loose(offer: Offer, most: float) -> bool:
    """Whether a limit that was typed in bounds nothing."""
    return most > LOOSEST_BOUND_TIMES * (offer.lot_t or 1.0)


def _least(*limits: float | None) -> float:
    return min((x for x in limits if x is not None), default=math.inf)


def _standing_volume(problem: Problem) -> dict[str, float]:
    """m3 by site, were nothing ever taken out: a start over a store's limit lifts the limit to it."""
    held: dict[str, float] = defaultdict(float)
    for (mineral, site), tonnes in problem.stock.items():
        held[site] += tonnes * _bulkiest(problem, mineral)
    for order in problem.inbound:
        held[order.site] += order.tonnes * _bulkiest(problem, order.mineral)
    return held


def _bulkiest(problem: Problem, mineral: str) -> float:
    """m3 that a tonne of a mineral takes up in some week, at the most."""
    return max(problem.at(week).minerals[mineral].m3_per_t for week in (1, problem.weeks))


def _leaves(problem: Problem, model: Model) -> dict[tuple[str, int], float]:
    """(mineral, week) -> tonnes that may be sold and converted then."""
    leaves: dict[tuple[str, int], float] = defaultdict(float)
    lapsing = lapsing_of(problem)
    for bid, week in open_bids(problem, model):
        leaves[bid.mineral, week] += most_sold(problem, bid, lapsing)
    for c, week in open_conversions(problem, model):
        leaves[c.source, week] += math.inf if c.capacity_t_per_week is None else c.capacity_t_per_week
    return leaves


def _wanted(problem: Problem, model: Model) -> dict[str, float]:
    """Tonnes by mineral: the highest target, every withdrawal, every commitment and least order, and the prior tickets.

    Least orders, of every offer at its last tier, count because a share may tie one offer's order to another's. What may be
    sold counts, and what others want of it: to stand for them, and to be made into them.
    """
    wanted = _wanted_of_each(problem)
    sold: dict[str, float] = defaultdict(float)
    lapsing = lapsing_of(problem)
    for bid, _ in open_bids(problem, model):
        sold[bid.mineral] += most_sold(problem, bid, lapsing)
    stands: dict[tuple[str, str], float] = defaultdict(float)
    for week in range(1, problem.weeks + 1) if model.on("substitute") else ():
        for (mineral, by), substitute in problem.at(week).substitutes.items():
            stands[mineral, by] = max(stands[mineral, by], _aimed_at(problem, mineral) / substitute.factor)
    for mineral in wanted:
        wanted[mineral] += sold[mineral] + sum(tonnes for (_, by), tonnes in stands.items() if by == mineral)
    made: dict[str, set[tuple[str, float]]] = defaultdict(set)
    for c, _ in open_conversions(problem, model):
        made[c.into].add((c.source, c.yield_t))
    for mineral in reversed(conversion_order(problem)):
        for source, yield_t in sorted(made[mineral]):
            wanted[source] += wanted[mineral] / yield_t
    return wanted


def _aimed_at(problem: Problem, mineral: str) -> float:
    """Tonnes of the highest target of a mineral."""
    return max(
        (t.days * problem.at(t.week).minerals[mineral].use_t_per_day for t in problem.targets if t.mineral == mineral),
        default=0.0,
    )


def _wanted_of_each(problem: Problem) -> dict[str, float]:
    """What is wanted of each mineral for itself."""
    wanted = dict.fromkeys(problem.minerals, 0.0)
    for t in problem.targets:
        use = problem.at(t.week).minerals[t.mineral].use_t_per_day
        wanted[t.mineral] = max(wanted[t.mineral], max(t.days, t.must_days or 0.0) * use)
    for w in problem.withdrawals.values():
        wanted[w.mineral] += w.tonnes
    for o in problem.offers.values():
        wanted[o.mineral] += o.commit_t + max(_least_order(problem, o.name, week) for week in (1, problem.weeks))
    for (offer, _week), tonnes in problem.prior.items():
        if offer in problem.offers:
            wanted[problem.offers[offer].mineral] += tonnes
    return wanted
