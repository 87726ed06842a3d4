"""A mineral that is bought is bought from several houses, and not from too many.

    split_min_houses[i]:  sum over h of supplies[i,h] >= min_houses[i] * bought[i]
    split_max_houses[i]:  sum over h of buys[i,h] <= max_houses[i]

Frozen tickets of more houses lift the second; where those alone break the first, it holds as it is, or nothing more of the
mineral is ordered (`standing_shares.py`).

supplies[i,h]: h has at least split_min_share of the tonnes; buys[i,h]: h has a ticket (`split_binaries.py`). Data:
minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.standing_orders import frozen_slots
from orebook.formulation.standing_shares import fair_houses
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every mineral with a least or a largest number of houses."""
    minerals = [problem.minerals[i] for i in orders.by_mineral]
    houses: dict[str, list[str]] = {}
    for i, h in m.buys:
        houses.setdefault(i, []).append(h)
    least = {i.name: i.min_houses for i in minerals if i.min_houses}
    most = {i.name: max(i.max_houses, _frozen(orders, i.name)) for i in minerals if i.max_houses is not None}
    most = {i: n for i, n in most.items() if n < len(houses[i])}

    def enough(m: Any, i: str) -> Any:
        supplied = pe.quicksum(m.supplies[i, h] for h in houses[i]) - least[i] * m.bought[i]
        key = ("split", i, "", "")
        if key in m.stands:
            supplied += (least[i] - (fair_houses(problem, i, orders.by_mineral[i]) or 0)) * m.stands[key]
        return supplied >= 0

    m.split_min_houses = pe.Constraint(list(least), rule=enough)
    m.split_max_houses = pe.Constraint(
        list(most), rule=lambda m, i: pe.quicksum(m.buys[i, h] for h in houses[i]) <= most[i]
    )


def _frozen(orders: Orders, mineral: str) -> int:
    """Houses that have frozen tickets of a mineral."""
    return len({s.offer.house for s in frozen_slots(orders.by_mineral[mineral])})
