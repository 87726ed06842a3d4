"""What comes in: each receipt with its week and what it is for, exact.

receipts[w] = sum over withdrawals j of week w of pays_usd_per_t[j] * served[j]          served = tonnes - unmet
              + what was paid on orders, their fees apart, that turn out to be lost in w and are refunded
              + what bids pay for what is sold to them in w
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.sales import BidSale
from orebook.accounting.stock_flow import Flow
from orebook.exact import Fraction, exact
from orebook.problem import Problem


@dataclass(frozen=True, slots=True)
class Receipt:
    """USD that come in in a week: for a withdrawal, for an offer's order of a week, or for a bid."""

    week: int
    usd: Fraction
    withdrawal: str | None = None
    offer: str | None = None
    ordered: int | None = None
    bid: str | None = None


def receipts_of(
    problem: Problem, flow: Flow, orders: Iterable[PricedOrder], sales: Iterable[BidSale] = ()
) -> tuple[Receipt, ...]:
    """Every receipt of a plan by week, those of nothing left out."""
    found = [*_of_withdrawals(problem, flow), *_of_lost_orders(problem, orders)]
    found += [Receipt(sale.week, sale.receipt, bid=sale.bid.name) for sale in sales]
    found.sort(key=lambda r: (r.week, r.withdrawal or "", r.offer or "", r.ordered or 0, r.bid or ""))
    return tuple(r for r in found if r.usd)


def _of_withdrawals(problem: Problem, flow: Flow) -> Iterator[Receipt]:
    for j in problem.withdrawals.values():
        if j.pays_usd_per_t:
            served = exact(j.tonnes) - flow.unmet[j.name]
            yield Receipt(j.week, exact(j.pays_usd_per_t) * served, withdrawal=j.name)


def _of_lost_orders(problem: Problem, orders: Iterable[PricedOrder]) -> Iterator[Receipt]:
    for order in orders:
        if order.refund and problem.world is not None:
            yield Receipt(problem.world.known_week, order.refund, offer=order.offer.name, ordered=order.week)
