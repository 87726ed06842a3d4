"""In which weeks the rules let an order from an offer through, and which rule closes the last of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from orebook.accounting.exact_prices import tier_prices
from orebook.exact import Fraction, exact
from orebook.problem import Offer, Problem
from orebook.reading.quoting import figure


@dataclass(frozen=True, slots=True)
class Shut:
    """Why an offer is open in no week: the rule that closed the last, and what of the offer is in its way."""

    rule: str
    why: str


Gate = tuple[str, Callable[[int], bool], Callable[[int], str]]
"""A rule, whether it lets an order of a week through, and why it does not, said of the first week still open."""


def open_weeks(problem: Problem, offer: Offer) -> tuple[list[int], Shut | None]:
    """The weeks in which an order may be placed, or stands frozen; where none may be placed, why."""
    every = range(1, problem.weeks + 1)
    standing = [week for week in every if problem.frozen(week) and (offer.name, week) in problem.prior]
    weeks = [week for week in every if not problem.frozen(week)]
    if not weeks:
        return standing, None if standing else Shut("frozen", "every week is frozen, and none has a ticket of it")
    if obstacle := next(_obstacles(problem, offer), None):
        return standing, obstacle
    for rule, lets, why in _gates(problem, offer):
        left = [week for week in weeks if lets(week)]
        if not left:
            return standing, Shut(rule, why(weeks[0]))
        weeks = left
    return standing + weeks, None


def _gates(problem: Problem, offer: Offer) -> Iterator[Gate]:
    late = offer.from_week > problem.weeks
    yield (
        "offers",
        lambda week: offer.from_week <= week <= offer.to_week,
        lambda week: (
            f"it opens in week {offer.from_week}, after the last"
            if late
            else f"it closes in week {offer.to_week}, and weeks before {week} are frozen"
        ),
    )
    yield (
        "offers",
        lambda week: problem.arrives(offer, week) <= problem.weeks,
        lambda week: f"ordered in week {week} it arrives in week {problem.arrives(offer, week)}, after the last",
    )
    origin = problem.origins.get(offer.origin) if offer.origin else None
    barred = origin.barred_from_week if origin else None
    if barred is not None:
        yield (
            "eligibility",
            lambda week: problem.arrives(offer, week) < barred,
            lambda week: (
                f"ordered in week {week} it arrives in week {problem.arrives(offer, week)}, "
                f'and "{offer.origin}" is barred from week {barred}'
            ),
        )
    if any(f.mechanism == "reject" and f.mineral == offer.mineral for f in problem.floors):
        yield (
            "offers",
            lambda week: _accepted(problem, offer, week),
            lambda _: "every tier is below the floor that rejects it",
        )


def _accepted(problem: Problem, offer: Offer, week: int) -> bool:
    prices = tier_prices(problem, offer, week)
    if offer.discount == "incremental":
        return not prices[0].rejected
    return not all(price.rejected for price in prices)


def _obstacles(problem: Problem, offer: Offer) -> Iterator[Shut]:
    """What is in the way in every week."""
    origin = problem.origins.get(offer.origin) if offer.origin else None
    if origin and origin.barred:
        yield Shut("eligibility", f'"{offer.origin}" is barred')
    most = problem.max_restricted_content_pct
    if most is not None and offer.restricted_content_pct > most and not offer.licensed:
        content = f"{figure(offer.restricted_content_pct)} % is over {figure(most)} %"
        yield Shut("eligibility", f"its restricted content of {content} and it is not licensed")
    least = problem.min_esg_score
    if least is not None and offer.esg_score is not None and offer.esg_score < least:
        yield Shut("eligibility", f"its esg_score of {figure(offer.esg_score)} is below {figure(least)}")
    needed = problem.minerals[offer.mineral].storage_class
    if not any(site.accepts is None or needed in site.accepts for site in problem.sites.values()):
        yield Shut("storage", f'no site accepts storage class "{needed}"')
    yield from _quantity_obstacles(problem, offer)


def _quantity_obstacles(problem: Problem, offer: Offer) -> Iterator[Shut]:
    least = _least(offer)
    house = problem.houses[offer.house]
    limits = (
        ("offers", "max_week_t", offer.max_week_t),
        ("offers", "max_t", offer.max_t),
        ("houses", f'weekly_capacity_t of "{house.name}"', house.weekly_capacity_t),
        ("houses", f'capacity_t of "{house.name}"', house.capacity_t),
    )
    named = [(rule, name, exact(limit)) for rule, name, limit in limits if limit is not None]
    for rule, name, limit in named:
        if limit < least:
            yield Shut(rule, f"its least order of {figure(float(least))} t is over {name} ({figure(float(limit))} t)")
        elif limit == 0:
            yield Shut(rule, f"{name} is 0")
    most = min((limit for _, _, limit in named), default=None)
    if offer.discount == "all_units" and not _fits_a_tier(offer, least, most):
        yield Shut("offers", "no quantity that it allows falls in a tier")


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
        if offer.lot_t is not None:
            high = floor(high / exact(offer.lot_t)) * exact(offer.lot_t)
        if low <= high and high > 0:
            return True
    return False
