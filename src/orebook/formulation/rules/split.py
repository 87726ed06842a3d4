"""A mineral that is bought is bought from several houses, and not from too many.

    split_min_houses[i]:      sum over h of supplies[i,h] >= min_houses[i] * bought[i]
    split_supplies[i,h]:      tonnes of i from h >= split_min_share[i] * tonnes of i  where supplies[i,h] = 1
    split_max_houses[i]:      sum over h of buys[i,h] <= max_houses[i]
    split_bought[i,h]:        buys[i,h] <= bought[i]
    split_buys[o,w]:          order placed <= buys[i,h]                                 one by one: tighter than sums

Where supplies[i,h] = 0 its row is loosened by `most_missing`, the most tonnes the share can ask beyond what h supplies.
Data: minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every mineral with a least or a largest number of houses."""
    least = {i: n for i in orders.by_mineral if (n := problem.minerals[i].min_houses)}
    most = {i: n for i in orders.by_mineral if (n := problem.minerals[i].max_houses) is not None}
    by_house: dict[str, dict[str, list[Slot]]] = {}
    for i in sorted({*least, *most}):
        by_house[i] = {}
        for slot in orders.by_mineral[i]:
            by_house[i].setdefault(slot.offer.house, []).append(slot)
    pairs = [(i, h) for i, houses in by_house.items() for h in sorted(houses)]
    slots = {s.key: s for i in by_house for s in orders.by_mineral[i]}

    m.buys = pe.Var(pairs, domain=pe.Binary)
    m.supplies = pe.Var([(i, h) for i, h in pairs if i in least], domain=pe.Binary)
    m.bought = pe.Var(list(least), domain=pe.Binary)

    def supplies(m: Any, i: str, h: str) -> Any:
        share = problem.minerals[i].split_min_share
        weights = [(s, 1 - share if s.offer.house == h else -share) for s in orders.by_mineral[i]]
        missing = most_missing(share, by_house[i], h)
        return orders.scaled_tonnes(weights) - missing * m.supplies[i, h] >= -missing

    def buys(m: Any, o: str, w: int) -> Any:
        offer = slots[o, w].offer
        return pe.quicksum(orders.placed(slots[o, w])) - m.buys[offer.mineral, offer.house] <= 0

    m.split_buys = pe.Constraint(list(slots), rule=buys)
    m.split_bought = pe.Constraint(list(m.supplies), rule=lambda m, i, h: m.buys[i, h] - m.bought[i] <= 0)
    m.split_counts = pe.Constraint(list(m.supplies), rule=lambda m, i, h: m.supplies[i, h] - m.buys[i, h] <= 0)
    m.split_supplies = pe.Constraint(list(m.supplies), rule=supplies)
    m.split_min_houses = pe.Constraint(
        list(least),
        rule=lambda m, i: pe.quicksum(m.supplies[i, h] for h in by_house[i]) - least[i] * m.bought[i] >= 0,
    )
    m.split_max_houses = pe.Constraint(
        list(most), rule=lambda m, i: pe.quicksum(m.buys[i, h] for h in by_house[i]) <= most[i]
    )


def most_missing(share: float, by_house: dict[str, list[Slot]], house: str) -> float:
    """Tonnes by which a house that supplies nothing can miss its share: the share of all that the others could sell."""
    return share * sum(s.high for h, slots in by_house.items() if h != house for s in slots)
