"""How far the plan is from the prior one: orders in one of the two only, or with other tonnes.

    sum over (o,w) not in the prior plan of order placed
    + sum over (o,w) in the prior plan of 1 - kept[o,w]

    kept_least[o,w]:  tonnes[o,w] >= prior[o,w] * kept[o,w]
    kept_most[o,w]:   tonnes[o,w] + (high - prior[o,w]) * kept[o,w] <= high          both in lots where there are lots

A prior order that can no longer be placed as it was counts 1 in every plan. A moved order counts twice.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.exact import Fraction, exact, floor_int
from orebook.formulation.orders import Orders
from orebook.formulation.slots import OrderSlot
from orebook.problem import Problem
from orebook.schema.model import Model

UNCHANGED_T = 1e-6
"""Tonnes by which an order may differ from the prior one and count as kept."""


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""
    prior = problem.prior
    keeps = {s.key: k for s in orders.slots if s.key in prior and (k := _keep(orders, s, prior[s.key]))}
    m.kept = pe.Var(list(keeps), domain=pe.Binary)

    def least(m: Any, o: str, w: int) -> Any:
        amount, before, _ = keeps[o, w]
        return amount - before * m.kept[o, w] >= 0

    def most(m: Any, o: str, w: int) -> Any:
        amount, before, high = keeps[o, w]
        return amount + (high - before) * m.kept[o, w] <= high

    m.kept_least = pe.Constraint(list(keeps), rule=least)
    m.kept_most = pe.Constraint(list(keeps), rule=most)
    new = [y for s in orders.slots if s.key not in prior for y in orders.placed(s)]
    return pe.quicksum(new) + len(prior) - pe.quicksum(m.kept.values()) + m.nothing


def _keep(orders: Orders, slot: OrderSlot, prior_t: float) -> tuple[Any, float, float] | None:
    """The order, what it is when the prior one stands, and the most it can be: in lots where the offer has them, else in
    tonnes. None where every order differs from the prior one by more than `UNCHANGED_T`."""
    lot = slot.offer.lot_t
    if lot is None:
        return (
            (orders.tonnes([slot]), min(prior_t, slot.high), slot.high) if prior_t <= slot.high + UNCHANGED_T else None
        )
    before = floor_int(exact(prior_t) / exact(lot) + Fraction(1, 2))
    if not 1 <= before <= slot.high_lots or abs(before * exact(lot) - exact(prior_t)) > UNCHANGED_T:
        return None
    return orders.lots(slot), before, slot.high_lots
