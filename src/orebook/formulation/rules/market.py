"""The reserve does not buy more of a mineral in a week than its share of the market.

    market_week[i,w]:  sum over o of i of q[o,w] <= max_market_share * market_t_per_week[i]

Frozen tickets that come to more lift the limit to that. Data: minerals.csv, instance.toml.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import OrderSlot
from orebook.formulation.standing_orders import frozen_tonnes
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every week in which the offers together could pass the limit."""
    weekly: dict[tuple[str, int], list[OrderSlot]] = defaultdict(list)
    for slot in orders.slots:
        then = problem.at(slot.week)
        if then.max_market_share is not None and then.minerals[slot.offer.mineral].market_t_per_week is not None:
            weekly[slot.offer.mineral, slot.week].append(slot)

    def share_t(i: str, w: int) -> float:
        then = problem.at(w)
        return (then.max_market_share or 0.0) * (then.minerals[i].market_t_per_week or 0.0)

    limit = {k: max(share_t(*k), frozen_tonnes(slots)) for k, slots in weekly.items()}
    m.market_week = pe.Constraint(
        sorted(k for k, slots in weekly.items() if sum(s.high for s in slots) > limit[k]),
        rule=lambda _m, i, w: orders.tonnes(weekly[i, w]) <= limit[i, w],
    )
