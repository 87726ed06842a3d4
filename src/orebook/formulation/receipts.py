"""What comes in: from which week on, what for, and how much at most.

    week_receipts[w]   receipts[w] = sum over withdrawals j of week w of pays_usd_per_t[j] * (tonnes[j] - unmet[j])
                                     + in the week in which goods under way turn out to be lost, where they are refunded:
                                       sum over (o,w') of what was paid on order, the fee apart
                                     + sum over bids b of price[b,w] * sell[b,s,w]

`receipts[w]` is a variable and no expression so that the rows and stages that use it stay short.
Data: withdrawals.csv, bids.csv.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation.due import lapsing_of
from orebook.formulation.leaving import most_sold
from orebook.formulation.prices import bid_usd_per_t
from orebook.problem import Problem

if TYPE_CHECKING:  # bounds of orders hang on what comes in
    from orebook.formulation.orders import Orders
    from orebook.formulation.slots import OrderSlot

Term = tuple[int, float, Any]
"""A week, the USD that come in then whatever is decided, and what decisions add to that (a linear expression)."""


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Define `receipts` in the weeks that have it, as the sum of `TERMS`."""
    come: dict[int, float] = defaultdict(float)
    decided: dict[int, list[Any]] = defaultdict(list)
    for terms in TERMS:
        for week, usd, expression in terms(m, problem, orders):
            come[week] += usd
            decided[week].append(expression)
    m.week_receipts = pe.Constraint(
        list(m.receipts), rule=lambda m, w: m.receipts[w] - pe.quicksum(decided[w]) == come[w]
    )


def _of_withdrawals(m: Any, problem: Problem, _orders: Orders) -> Iterator[Term]:
    """All that a withdrawal pays, less what is not served."""
    for j in problem.withdrawals.values():
        if j.pays_usd_per_t > 0:
            yield j.week, j.pays_usd_per_t * j.tonnes, -j.pays_usd_per_t * m.unmet[j.name] if j.name in m.unmet else 0.0


def _of_lost_orders(_m: Any, problem: Problem, orders: Orders) -> Iterator[Term]:
    """What was paid on orders that are lost, and is given back."""
    if problem.world is None:
        return
    for slot in orders.slots:
        if problem.refunds(slot.offer, slot.week):
            back = orders.paid(slot, slot.offer.pay_on_order_pct / 100, with_fee=False)
            yield problem.world.known_week, 0.0, LinearExpression(back) if back else 0.0


def _of_sales(m: Any, problem: Problem, _orders: Orders) -> Iterator[Term]:
    """What bids pay for what is sold to them."""
    for (b, _, w), tonnes in m.sell.items():
        if (price := bid_usd_per_t(problem, b, w)) > 0:
            yield w, 0.0, price * tonnes


TERMS: tuple[Callable[[Any, Problem, Orders], Iterator[Term]], ...] = (_of_withdrawals, _of_lost_orders, _of_sales)
"""What money comes in for. Whose term may bring some also has a part in `most_receipts` and `Problem.money_returns_from`."""


def most_receipts(problem: Problem, slots: Iterable[OrderSlot] = ()) -> dict[int, float]:
    """Week -> USD that come in where all is served and sold, from the first week in which any may; empty where none ever does.

    `slots` may be refunded, filled to their brims.
    """
    first = problem.money_returns_from
    come = dict.fromkeys(range(first, problem.weeks + 1), 0.0) if first is not None else {}
    for j in problem.withdrawals.values():
        if j.pays_usd_per_t > 0 and j.tonnes > 0:
            come[j.week] += j.pays_usd_per_t * j.tonnes
    lapsing = lapsing_of(problem)
    for week in come:
        for bid in problem.at(week).bids.values():
            if bid.from_week <= week <= bid.to_week and (price := bid_usd_per_t(problem, bid.name, week)) > 0:
                come[week] += price * most_sold(problem, bid, lapsing)
    for slot in slots:
        if problem.world is not None and problem.refunds(slot.offer, slot.week) and slot.offer.pay_on_order_pct > 0:
            dearest = max(0.0, *(p.landed for p in slot.pieces))
            come[problem.world.known_week] += slot.offer.pay_on_order_pct / 100 * dearest * slot.high
    return come
