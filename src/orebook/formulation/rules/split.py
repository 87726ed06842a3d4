"""A mineral that is bought is bought from several houses, and not from too many.

    split_min_houses[i]:  sum over h of supplies[i,h] >= min_houses[i] * bought[i]
    split_max_houses[i]:  sum over h of buys[i,h] <= max_houses[i]

supplies[i,h]: h has at least split_min_share of the tonnes; buys[i,h]: h has a ticket (`suppliers.py`). Data: minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every mineral with a least or a largest number of houses."""
    minerals = [problem.minerals[i] for i in orders.by_mineral]
    houses: dict[str, list[str]] = {}
    for i, h in m.buys:
        houses.setdefault(i, []).append(h)
    least = {i.name: i.min_houses for i in minerals if i.min_houses}
    most = {i.name: n for i in minerals if (n := i.max_houses) is not None and n < len(houses[i.name])}
    m.split_min_houses = pe.Constraint(
        list(least),
        rule=lambda m, i: pe.quicksum(m.supplies[i, h] for h in houses[i]) - least[i] * m.bought[i] >= 0,
    )
    m.split_max_houses = pe.Constraint(
        list(most), rule=lambda m, i: pe.quicksum(m.buys[i, h] for h in houses[i]) <= most[i]
    )
