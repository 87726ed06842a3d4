"""A house delivers only so much a week and in all, is given only so much money, and only so many houses are engaged.

    house_week[h,w]:   sum over o of h of q[o,w] <= weekly_capacity_t[h]
    house_total[h]:    sum over o of h, w of q[o,w] <= capacity_t[h]
    house_spend[h]:    order cash of the tickets of h <= max_spend_usd[h]
    houses_engaged:    sum over h of engaged[h] <= max_houses

No ticket without engagement: `house_engaged` in `links.py`, which fees need too. Data: houses.csv, instance.toml.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the limits of every house that has one."""
    houses, by_house = problem.houses, orders.by_house
    weekly: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    for slot in orders.slots:
        if houses[slot.offer.house].weekly_capacity_t is not None:
            weekly[slot.offer.house, slot.week].append(slot)

    m.house_week = pe.Constraint(
        sorted(weekly), rule=lambda _m, h, w: orders.tonnes(weekly[h, w]) <= houses[h].weekly_capacity_t
    )
    m.house_total = pe.Constraint(
        sorted(h for h in by_house if houses[h].capacity_t is not None),
        rule=lambda _m, h: orders.tonnes(by_house[h]) <= houses[h].capacity_t,
    )
    m.house_spend = pe.Constraint(
        sorted(h for h in by_house if houses[h].max_spend_usd is not None),
        rule=lambda _m, h: orders.order_cash(by_house[h]) <= houses[h].max_spend_usd,
    )
    if problem.max_houses is not None and len(m.engaged) > problem.max_houses:
        m.houses_engaged = pe.Constraint(expr=pe.quicksum(m.engaged.values()) <= problem.max_houses)
