"""What a tonne of an offer costs at each of its tiers, in exact USD per tonne.

quote      = price, or benchmark * (1 + premium_pct/100) + premium_usd_per_t
tier       = quote * (1 - discount_pct/100)
paid       = max(tier, floor) under `minimum`, else tier
top_up     = max(0, floor - tier) - upside_pct/100 * max(0, tier - floor) under a `cfd` that the reserve pays, else 0
levy       = max(0, floor - tier) under `levy`, else 0
commission = commission_pct/100 * paid
duty       = duty_pct/100 * paid
landed     = paid + commission + duty + freight + top_up + levy
"""

from __future__ import annotations

from dataclasses import dataclass

from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Floor, Offer, Problem, Tier

_FIRST_ON_A_TIE = ("levy", "cfd", "minimum", "reject")
"""Mechanisms, the weakest first: of equal floors the later one here decides."""


@dataclass(frozen=True, slots=True)
class TierPrice:
    """A tier, both ends included (`to_t` None: no end), and what a tonne costs in it, in USD/t.

    `rejected` marks a tier below a `reject` floor, which no order may use.
    """

    from_t: Fraction
    to_t: Fraction | None
    quote: Fraction
    paid: Fraction
    commission: Fraction
    duty: Fraction
    freight: Fraction
    top_up: Fraction
    top_up_other: Fraction
    """What another pays to the producer: no part of `landed`."""
    levy: Fraction
    landed: Fraction
    rejected: bool


def tier_prices(problem: Problem, offer: Offer, week: int) -> tuple[TierPrice, ...]:
    """The offer's tiers from the lowest, priced for an order of that week (1..T)."""
    quote = _quote(problem, offer, week)
    return tuple(_priced(problem, offer, tier, quote) for tier in offer.tiers)


def _priced(problem: Problem, offer: Offer, tier: Tier, quote: Fraction) -> TierPrice:
    floor = floor_of(problem, offer)
    price = quote * (1 - exact(tier.discount_pct) / 100)
    lacking = max(ZERO, exact(floor.floor_usd_per_t) - price) if floor else ZERO
    mechanism = floor.mechanism if floor else None
    paid = price + lacking if mechanism == "minimum" else price
    top_up, other = _top_ups(floor, price, lacking)
    levy = lacking if mechanism == "levy" else ZERO
    commission = exact(problem.houses[offer.house].commission_pct) / 100 * paid
    duty = _duty_pct(problem, offer) / 100 * paid
    freight = exact(offer.freight_usd_per_t)
    return TierPrice(
        from_t=exact(tier.from_t),
        to_t=None if tier.to_t is None else exact(tier.to_t),
        quote=quote,
        paid=paid,
        commission=commission,
        duty=duty,
        freight=freight,
        top_up=top_up,
        top_up_other=other,
        levy=levy,
        landed=paid + commission + duty + freight + top_up + levy,
        rejected=mechanism == "reject" and lacking > 0,
    )


def _top_ups(floor: Floor | None, price: Fraction, lacking: Fraction) -> tuple[Fraction, Fraction]:
    """What the reserve pays to the producer under a `cfd`, below 0 where it shares what is above; and what another pays."""
    if floor is None or floor.mechanism != "cfd":
        return ZERO, ZERO
    if floor.payer == "other":
        return ZERO, lacking
    above = max(ZERO, price - exact(floor.floor_usd_per_t))
    return lacking - exact(floor.upside_pct) / 100 * above, ZERO


def _quote(problem: Problem, offer: Offer, week: int) -> Fraction:
    if offer.price_usd_per_t is not None:
        return exact(offer.price_usd_per_t)
    benchmark = exact(problem.benchmark[offer.mineral, week])
    return benchmark * (1 + exact(offer.premium_pct) / 100) + exact(offer.premium_usd_per_t)


def floor_of(problem: Problem, offer: Offer) -> Floor | None:
    """The highest floor on the mineral from the offer's origin, its group or anywhere; of equal ones the stricter.

    Of those that are equal in that too the origin's comes before the group's, and the group's before that of every origin.
    """
    near: dict[str | None, int] = {problem.group_of(offer): 1, offer.origin: 2, None: 0}
    floors = [f for f in problem.floors if f.mineral == offer.mineral and f.origin in near]
    return max(
        floors,
        key=lambda f: (f.floor_usd_per_t, _FIRST_ON_A_TIE.index(f.mechanism), near[f.origin]),
        default=None,
    )


def _duty_pct(problem: Problem, offer: Offer) -> Fraction:
    """The first duty listed of (origin, mineral), (origin, *), (group, mineral), (group, *)."""
    for place in (offer.origin, problem.group_of(offer)):
        for mineral in (offer.mineral, "*"):
            if place is not None and (place, mineral) in problem.duties:
                return exact(problem.duties[place, mineral])
    return ZERO
