"""An order priced: the tiers that its tonnes fall in, what each part of the money is for, and when it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.accounting.exact_prices import TierPrice
from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.tolerance import beyond
from orebook.decisions import Order
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Offer

Part = tuple[TierPrice, Fraction]
"""A tier and the tonnes of an order that it prices."""


@dataclass(frozen=True, slots=True)
class PricedOrder:
    """A ticket with its money in USD. `frozen`: it is one of the prior plan's that stand.

    `planned` is the week in which it was to arrive as it was ordered, `arrives` that in which it does; both may lie beyond T,
    and `arrives` does where the goods are `lost` on the way.

    `outside_t` is by how many tonnes the order lies outside the tier that it names, or outside all of them.
    """

    offer: Offer
    week: int
    planned: int
    arrives: int
    lost: bool
    frozen: bool
    tonnes: Fraction
    parts: tuple[Part, ...]
    outside_t: Fraction
    goods: Fraction
    commission: Fraction
    duty: Fraction
    freight: Fraction
    top_up: Fraction
    top_up_other: Fraction
    """Paid to the producer by another: no cash of the reserve's."""
    levy: Fraction
    fee: Fraction
    order_cash: Fraction
    on_order: Fraction
    """Paid in the week of order, the fee included."""
    on_arrival: Fraction
    """Paid in the week of arrival, or so many weeks after it as was agreed (`rest_paid`)."""
    refund: Fraction
    """Given back, of goods that are lost, when that is known."""

    @property
    def rest_paid(self) -> int:
        """The week in which the rest is paid; it may be after the plan."""
        return self.arrives + self.offer.pay_after_weeks

    @property
    def astray(self) -> bool:
        """Whether the goods are lost, or later than they were ordered for."""
        return self.lost or self.arrives != self.planned


def price_order(case: ExactProblem, order: Order) -> PricedOrder:
    """The order of a known offer in a week 1..T, priced."""
    problem = case.problem
    offer = problem.terms(order.week).offers[order.offer]
    frozen = case.frozen(offer.name, order.week)
    prices = case.prices(offer.name, order.week)
    incremental = offer.discount == "incremental"
    parts, outside = _sliced(prices, order.tonnes) if incremental else _whole(prices, order, frozen)
    goods, commission, duty, freight, top_up, other, levy, landed = _amounts(parts)
    fee = exact(offer.order_fee_usd)
    paid_first = landed * exact(offer.pay_on_order_pct) / 100
    return PricedOrder(
        offer=offer,
        week=order.week,
        planned=problem.terms(order.week).arrives(offer, order.week),
        arrives=problem.arrives(offer, order.week),
        lost=problem.lost(offer, order.week),
        frozen=frozen,
        tonnes=order.tonnes,
        parts=parts,
        outside_t=outside,
        goods=goods,
        commission=commission,
        duty=duty,
        freight=freight,
        top_up=top_up,
        top_up_other=other,
        levy=levy,
        fee=fee,
        order_cash=landed + fee,
        on_order=paid_first + fee,
        on_arrival=landed - paid_first,
        refund=paid_first if problem.refunds(offer, order.week) else ZERO,
    )


def _amounts(parts: tuple[Part, ...]) -> list[Fraction]:
    """Goods, commission, duty, freight, top-up, what another pays, levy and landed, in USD over all parts."""
    terms = ("paid", "commission", "duty", "freight", "top_up", "top_up_other", "levy", "landed")
    return [sum((getattr(price, term) * tonnes for price, tonnes in parts), ZERO) for term in terms]


def _outside(price: TierPrice, tonnes: Fraction) -> Fraction:
    """Tonnes by which an order lies outside a tier, 0 inside it and within the margin of its ends."""
    if tonnes < price.from_t:
        return beyond(price.from_t - tonnes, price.from_t)
    return ZERO if price.to_t is None else beyond(tonnes - price.to_t, price.to_t)


def _whole(prices: tuple[TierPrice, ...], order: Order, frozen: bool) -> tuple[tuple[Part, ...], Fraction]:
    """One tier for every tonne: the one named, else the one that fits; a frozen order may name one wrongly."""
    named = next((p for p in prices if p.from_t == order.tier), None)
    outside = _outside(named, order.tonnes) if named else order.tonnes
    if named and not (outside and frozen):
        return ((named, order.tonnes),), outside
    fitting, gap = _fitting(prices, order.tonnes)
    return ((fitting, order.tonnes),), gap if order.tier is None else outside


def _fitting(prices: tuple[TierPrice, ...], tonnes: Fraction) -> tuple[TierPrice, Fraction]:
    """The cheapest allowed tier that fits, else the one below the gap; and how far it is to the nearest that fits."""
    fits = [p for p in prices if p.from_t <= tonnes and (p.to_t is None or tonnes <= p.to_t)]
    fits = fits or [p for p in prices if not _outside(p, tonnes)]
    if fits:
        return min(fits, key=lambda p: (p.rejected, p.landed)), ZERO
    below = [p for p in prices if p.from_t <= tonnes] or prices[:1]
    return below[-1], min(_outside(p, tonnes) for p in prices)


def _sliced(prices: tuple[TierPrice, ...], tonnes: Fraction) -> tuple[tuple[Part, ...], Fraction]:
    """Each tier prices the tonnes inside it; tonnes over the end of the last tier are priced there."""
    last = prices[-1]
    parts = []
    for price in prices:
        end = tonnes if price.to_t is None or price is last else min(price.to_t, tonnes)
        if end > price.from_t:
            parts.append((price, end - price.from_t))
    return tuple(parts), _outside(last, max(tonnes, last.from_t))
