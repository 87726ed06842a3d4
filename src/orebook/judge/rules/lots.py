"""An order is whole lots, lies inside its tier, and uses no tier whose price is below a `reject` floor.

These say what an order is and hold even with the rule `offers` off; a frozen ticket is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.tolerance import PART, beyond
from orebook.exact import ZERO, exact
from orebook.judge.figures import tonnes, usd
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows order_lots[o,w], order_tier[o,w] and tier_rejected[o,w] of the rule `offers`, in t."""
    for order in ledger.orders:
        if not order.frozen:
            yield from _lots(order)
            yield from _tier(order)
            yield from _rejected(order)


def _lots(order: PricedOrder) -> Iterator[Breach]:
    if order.offer.lot_t is None:
        return
    lot = exact(order.offer.lot_t)
    off = abs(order.tonnes - round(order.tonnes / lot) * lot)
    if off > PART * lot:
        says = f"{order.offer.name} in week {order.week}: {tonnes(order.tonnes)} are not whole lots of {tonnes(lot)}"
        yield Breach("offers", f"order_lots[{order.offer.name},{order.week}]", off, lot, "t", says)


def _tier(order: PricedOrder) -> Iterator[Breach]:
    if order.outside_t:
        says = (
            f"{order.offer.name} in week {order.week}: {tonnes(order.tonnes)} are outside "
            f"the tier that prices them by {tonnes(order.outside_t)}"
        )
        yield Breach("offers", f"order_tier[{order.offer.name},{order.week}]", order.outside_t, None, "t", says)


def _rejected(order: PricedOrder) -> Iterator[Breach]:
    first = next((price for price, _ in order.parts if price.rejected), None)
    if first is None:
        return
    over = sum((amount for price, amount in order.parts if price.from_t >= first.from_t), ZERO)
    allowed = first.from_t if order.offer.discount == "incremental" else ZERO
    if by := beyond(over, allowed):
        says = (
            f"{order.offer.name} in week {order.week}: {tonnes(by)} at {usd(first.paid)}/t, "
            "which is below the floor under which nothing is bought"
        )
        yield Breach("offers", f"tier_rejected[{order.offer.name},{order.week}]", by, allowed, "t", says)
