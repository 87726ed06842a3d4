"""An offer can be used only as it was made: its size, its weeks, and goods that arrive before the plan ends.

    q[o,w] = 0 or min_order_t <= q[o,w] <= max_week_t          from_week <= w <= to_week,
                                                               w + lead_weeks + extra_lead_weeks <= T
    offer_max[o]:  sum over w of q[o,w] <= max_t, or the tonnes of its frozen tickets where they are more

All but the last are kept by what a slot is (`slots.py`, `order_rows.py`): orders out of the window, arriving too late or of
a size the offer does not have are never built. Data: offers.csv, tiers.csv, origins.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add `offer_max` where the weeks together could pass it."""
    limits: dict[str, float] = {}
    for name, slots in orders.by_offer.items():
        most = problem.offers[name].max_t
        if most is not None and sum(s.high for s in slots) > most:
            limits[name] = max(most, sum(s.frozen_t or 0.0 for s in slots))
    m.offer_max = pe.Constraint(sorted(limits), rule=lambda _m, o: orders.tonnes(orders.by_offer[o]) <= limits[o])
