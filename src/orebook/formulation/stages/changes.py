"""How far the plan is from the prior one: orders in one of the two only, or with other tonnes.

    sum over (o,w) not in the prior plan of order placed
    + sum over (o,w) in the prior plan of 1 - kept[o,w]

    kept_least[o,w]:  tonnes[o,w] >= prior[o,w] * kept[o,w]
    kept_most[o,w]:   tonnes[o,w] + (high - prior[o,w]) * kept[o,w] <= high

A prior order that can no longer be placed as it was counts 1 in every plan. A moved order counts twice.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.exact import exact
from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""
    prior = problem.prior
    can_keep = {s.key: s for s in orders.slots if s.key in prior and _can_keep(s, prior[s.key])}
    m.kept = pe.Var(list(can_keep), domain=pe.Binary)

    def least(m: Any, o: str, w: int) -> Any:
        return orders.tonnes([can_keep[o, w]]) - prior[o, w] * m.kept[o, w] >= 0

    def most(m: Any, o: str, w: int) -> Any:
        high = can_keep[o, w].high
        return orders.tonnes([can_keep[o, w]]) + (high - prior[o, w]) * m.kept[o, w] <= high

    m.kept_least = pe.Constraint(list(can_keep), rule=least)
    m.kept_most = pe.Constraint(list(can_keep), rule=most)
    new = [y for s in orders.slots if s.key not in prior for y in orders.placed(s)]
    return pe.quicksum(new) + len(prior) - pe.quicksum(m.kept.values()) + m.nothing


def _can_keep(slot: Slot, tonnes: float) -> bool:
    lot = slot.offer.lot_t
    return tonnes <= slot.high and (lot is None or (exact(tonnes) / exact(lot)).denominator == 1)
