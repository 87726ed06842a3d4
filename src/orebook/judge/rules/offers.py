"""An order is between the offer's minimum and maximum, in its weeks, and arrives within the plan.

    min_order_t <= q[o,w] <= max_week_t;  sum over w of q[o,w] <= max_t;  from_week <= w <= to_week;  arrival <= T

A frozen ticket is exempt: alone it never breaks a row, but its tonnes count against max_t for the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows order_min, order_max, order_window, order_arrival [o,w] and offer_max[o], in t or weeks."""
    for order in ledger.orders:
        if not order.frozen:
            yield from _tonnes(order)
            yield from _weeks(order, ledger.case.problem.weeks)
    yield from _offer_max(ledger)


def _tonnes(order: PricedOrder) -> Iterator[Breach]:
    offer = order.offer
    least = exact(offer.min_order_t)
    if by := beyond(least - order.tonnes, least):
        says = f"{_what(order)}: {tonnes(order.tonnes)}, at least {tonnes(least)} an order"
        yield _breach("order_min", order, by, least, unit="t", says=says)
    most = None if offer.max_week_t is None else exact(offer.max_week_t)
    if most is not None and (by := beyond(order.tonnes - most, most)):
        says = f"{_what(order)}: {tonnes(order.tonnes)}, at most {tonnes(most)} a week"
        yield _breach("order_max", order, by, most, unit="t", says=says)


def _weeks(order: PricedOrder, last: int) -> Iterator[Breach]:
    offer = order.offer
    if not offer.from_week <= order.week <= offer.to_week:
        end = offer.from_week if order.week < offer.from_week else offer.to_week
        says = f"{_what(order)}, it is on offer in weeks {offer.from_week} to {offer.to_week}"
        by = Fraction(abs(order.week - end))
        yield _breach("order_window", order, by, Fraction(end), unit="weeks", says=says)
    if order.planned > last:
        says = f"{_what(order)} and arrives in week {order.planned}, after the plan's last, {last}"
        yield _breach("order_arrival", order, Fraction(order.planned - last), Fraction(last), unit="weeks", says=says)


def _offer_max(ledger: Ledger) -> Iterator[Breach]:
    ordered = total((o.offer.name, o.tonnes) for o in ledger.orders)
    standing = total((o.offer.name, o.tonnes) for o in ledger.orders if o.frozen)
    for name, amount in ordered.items():
        max_t = ledger.case.problem.offers[name].max_t
        if max_t is None:
            continue
        most = max(exact(max_t), standing.get(name, ZERO))
        if by := beyond(amount - most, most):
            says = f"{name}: {tonnes(amount)} ordered in all, at most {tonnes(most)}"
            yield Breach("offers", f"offer_max[{name}]", by, most, "t", says)


def _what(order: PricedOrder) -> str:
    return f"{order.offer.name} is ordered in week {order.week}"


def _breach(row: str, order: PricedOrder, by: Fraction, limit: Fraction, *, unit: str, says: str) -> Breach:
    return Breach("offers", f"{row}[{order.offer.name},{order.week}]", by, limit, unit, says)
