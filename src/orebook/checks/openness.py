"""In which weeks the rules let an order from an offer through, and which rule closes the last of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from orebook.exact import exact
from orebook.judge.prices import tier_prices
from orebook.problem import Offer, Problem
from orebook.reading.shown import figure


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule's say on an offer: `lets` tells whether it lets an order of a week through, `why` what is in the way."""

    rule: str
    why: str
    lets: Callable[[int], bool]


def open_weeks(problem: Problem, offer: Offer) -> tuple[list[int], Gate | None]:
    """The weeks in which an order may be placed; where there is none, the gate that closed the last."""
    weeks = list(range(1, problem.weeks + 1))
    for gate in _gates(problem, offer):
        weeks = [week for week in weeks if gate.lets(week)]
        if not weeks:
            return [], gate
    return weeks, None


def _gates(problem: Problem, offer: Offer) -> Iterator[Gate]:
    for rule, why in _obstacles(problem, offer):
        yield Gate(rule, why, _never)
    window = f"it is open from week {offer.from_week}, after the last"
    yield Gate("offers", window, lambda week: offer.from_week <= week <= offer.to_week)
    frozen = f"weeks up to {problem.frozen_weeks} are frozen, and it is in none of their tickets"
    yield Gate("frozen", frozen, lambda week: not problem.frozen(week) or (offer.name, week) in problem.prior)
    last = f"its goods take {problem.arrives(offer, 0)} weeks and would arrive after week {problem.weeks}"
    yield Gate("offers", last, lambda week: problem.arrives(offer, week) <= problem.weeks)
    yield from _origin_gate(problem, offer)
    if any(f.mechanism == "reject" and f.mineral == offer.mineral for f in problem.floors):
        yield Gate(
            "offers", "every tier is below the floor that rejects it", lambda week: _accepted(problem, offer, week)
        )


def _never(_week: int) -> bool:
    return False


def _origin_gate(problem: Problem, offer: Offer) -> Iterator[Gate]:
    origin = problem.origins.get(offer.origin) if offer.origin else None
    barred = origin.barred_from_week if origin else None
    if barred is not None:
        why = f'"{offer.origin}" is barred from week {barred}, before its goods arrive'
        yield Gate("eligibility", why, lambda week: problem.arrives(offer, week) < barred)


def _accepted(problem: Problem, offer: Offer, week: int) -> bool:
    prices = tier_prices(problem, offer, week)
    if offer.discount == "incremental":
        return not prices[0].rejected
    return not all(price.rejected for price in prices)


def _obstacles(problem: Problem, offer: Offer) -> Iterator[tuple[str, str]]:
    """(rule, why) of what is in the way in every week."""
    origin = problem.origins.get(offer.origin) if offer.origin else None
    if origin and origin.barred:
        yield "eligibility", f'"{offer.origin}" is barred'
    most = problem.max_restricted_content_pct
    if most is not None and offer.restricted_content_pct > most and not offer.licensed:
        content = figure(offer.restricted_content_pct)
        yield "eligibility", f"its restricted content of {content} % is over {figure(most)} % and it is not licensed"
    least = problem.min_esg_score
    if least is not None and offer.esg_score is not None and offer.esg_score < least:
        yield "eligibility", f"its esg_score of {figure(offer.esg_score)} is below {figure(least)}"
    needed = problem.minerals[offer.mineral].storage_class
    if not any(site.accepts is None or needed in site.accepts for site in problem.sites.values()):
        yield "storage", f'no site accepts storage class "{needed}"'
    yield from _quantity_obstacles(problem, offer)


def _quantity_obstacles(problem: Problem, offer: Offer) -> Iterator[tuple[str, str]]:
    least = _least(offer)
    house = problem.houses[offer.house]
    limits = (
        ("offers", "max_week_t", offer.max_week_t),
        ("offers", "max_t", offer.max_t),
        ("houses", f'weekly_capacity_t of "{house.name}",', house.weekly_capacity_t),
        ("houses", f'capacity_t of "{house.name}",', house.capacity_t),
    )
    named = [(rule, name, exact(limit)) for rule, name, limit in limits if limit is not None]
    for rule, name, limit in named:
        if limit < least:
            yield rule, f"its least order of {figure(float(least))} t is over {name} {figure(float(limit))} t"
        elif limit == 0:
            yield rule, f"{name} is 0"
    most = min((limit for _, _, limit in named), default=None)
    if offer.discount == "all_units" and not _fits_a_tier(offer, least, most):
        yield "offers", "no quantity that it allows falls in a tier"


def _least(offer: Offer) -> Fraction:
    """The least order in tonnes: whole lots, one at least; 0 where any amount will do."""
    least = exact(offer.min_order_t)
    if offer.lot_t is None:
        return least
    lot = exact(offer.lot_t)
    return max(1, ceil(least / lot)) * lot


def _fits_a_tier(offer: Offer, least: Fraction, most: Fraction | None) -> bool:
    for tier in offer.tiers:
        low = max(least, exact(tier.from_t))
        ends = [end for end in (most, None if tier.to_t is None else exact(tier.to_t)) if end is not None]
        if not ends:
            return True
        high = min(ends)
        if offer.lot_t is None:
            fits = low <= high and high > 0
        else:
            lot = exact(offer.lot_t)
            fits = floor(high / lot) * lot >= low
        if fits:
            return True
    return False
