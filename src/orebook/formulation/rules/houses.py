"""A house delivers only so much a week and in all, is given only so much money, and only so many houses are engaged.

    house_week[h,w]:   sum over o of h of q[o,w] <= weekly_capacity_t[h]
    house_total[h]:    sum over o of h, w of q[o,w] <= capacity_t[h]
    house_spend[h]:    order cash of the tickets of h <= max_spend_usd[h]
    houses_engaged:    sum over h of engaged[h] <= max_houses

No ticket without engagement: `house_engaged` in `order_rows.py`, which fees need too. Frozen tickets that come to more lift the
limit to that (`standing_orders.py`). Data: houses.csv, instance.toml.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import OrderSlot
from orebook.formulation.standing_orders import frozen_cash, frozen_slots, frozen_tonnes
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the limits of every house that has one."""
    houses, by_house = problem.houses, orders.by_house
    every: dict[str, list[OrderSlot]] = defaultdict(list)
    for slot in frozen_slots(orders.every):
        every[slot.offer.house].append(slot)
    weekly: dict[tuple[str, int], list[OrderSlot]] = defaultdict(list)
    for slot in orders.slots:
        if problem.terms(slot.week).houses[slot.offer.house].weekly_capacity_t is not None:
            weekly[slot.offer.house, slot.week].append(slot)

    def most(limit: float | None, frozen: float) -> float:
        return max(limit or 0.0, frozen)

    def week_frozen(h: str, w: int) -> float:
        return frozen_tonnes(s for s in every[h] if s.week == w)

    m.house_week = pe.Constraint(
        sorted(weekly),
        rule=lambda _m, h, w: (
            orders.tonnes(weekly[h, w]) <= most(problem.terms(w).houses[h].weekly_capacity_t, week_frozen(h, w))
        ),
    )
    m.house_total = pe.Constraint(
        sorted(h for h in by_house if houses[h].capacity_t is not None),
        rule=lambda _m, h: orders.tonnes(by_house[h]) <= most(houses[h].capacity_t, frozen_tonnes(every[h])),
    )
    m.house_spend = pe.Constraint(
        sorted(h for h in by_house if houses[h].max_spend_usd is not None),
        rule=lambda _m, h: orders.order_cash(by_house[h]) <= most(houses[h].max_spend_usd, frozen_cash(every[h])),
    )
    engaged = len({s.offer.house for s in frozen_slots(orders.every)})
    if problem.max_houses is not None and len(m.engaged) > max(problem.max_houses, engaged):
        m.houses_engaged = pe.Constraint(expr=pe.quicksum(m.engaged.values()) <= max(problem.max_houses, engaged))
