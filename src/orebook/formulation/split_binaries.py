"""Who sells a mineral: the yes-or-no of houses and minerals that the rule `split` counts.

    buys_ticket[o,w]      order placed <= buys[i,h]                            one by one: tighter than sums
    buys_bought[i,h]      buys[i,h] <= bought[i]
    supplies_buys[i,h]    supplies[i,h] <= buys[i,h]
    supplies_ticket[i,h]  supplies[i,h] <= sum over o of h, w of order placed  where split_min_share[i] = 0, or some ticket
                                                                               of i may have no tonnes (`share_tickets.py`)
    supplies_share[i,h]   tonnes of i from h >= split_min_share[i] * tonnes of i   where supplies[i,h] = 1

`buys` may be 1 without a ticket and `supplies` may not be 1 without one: what the rule asks only ever needs the first to
be low and the second to be high. Where supplies[i,h] = 0 its row is loosened by `most_missing`, the most tonnes that the
share can ask beyond what h sells. Only minerals with min_houses or max_houses have any of these. Data: minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation.orders import Orders
from orebook.formulation.share_tickets import bare
from orebook.formulation.slots import OrderSlot
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add `buys[i,h]`, `supplies[i,h]` and `bought[i]`, and the rows that tie them to the orders."""
    least = [i for i in orders.by_mineral if problem.minerals[i].min_houses]
    split = [i for i in orders.by_mineral if i in least or problem.minerals[i].max_houses is not None]
    by_house: dict[tuple[str, str], list[OrderSlot]] = {}
    for i in split:
        for slot in orders.by_mineral[i]:
            by_house.setdefault((i, slot.offer.house), []).append(slot)
    slots = {s.key: s for group in by_house.values() for s in group}
    counted = sorted(k for k in by_house if k[0] in least)

    m.buys = pe.Var(sorted(by_house), domain=pe.Binary)
    m.supplies = pe.Var(counted, domain=pe.Binary)
    m.bought = pe.Var(least, domain=pe.Binary)

    def ticket(m: Any, o: str, w: int) -> Any:
        offer = slots[o, w].offer
        return LinearExpression([*orders.placed(slots[o, w]), -1 * m.buys[offer.mineral, offer.house]]) <= 0

    def own_ticket(m: Any, i: str, h: str) -> Any:
        return m.supplies[i, h] - LinearExpression([y for s in by_house[i, h] for y in orders.placed(s)]) <= 0

    def share(m: Any, i: str, h: str) -> Any:
        part = problem.minerals[i].split_min_share
        weights = [(s, 1 - part if s.offer.house == h else -part) for s in orders.by_mineral[i]]
        missing = most_missing(part, orders.by_mineral[i], h)
        return orders.scaled_tonnes(weights) - missing * m.supplies[i, h] >= -missing

    free = {k for k in counted if problem.minerals[k[0]].split_min_share == 0}
    loose = {i for i in least if any(bare(problem, s) for s in orders.by_mineral[i])}
    m.buys_ticket = pe.Constraint(sorted(slots), rule=ticket)
    m.buys_bought = pe.Constraint(counted, rule=lambda m, i, h: m.buys[i, h] - m.bought[i] <= 0)
    m.supplies_buys = pe.Constraint(counted, rule=lambda m, i, h: m.supplies[i, h] - m.buys[i, h] <= 0)
    m.supplies_ticket = pe.Constraint([k for k in counted if k in free or k[0] in loose], rule=own_ticket)
    m.supplies_share = pe.Constraint([k for k in counted if k not in free], rule=share)


def most_missing(part: float, slots: list[OrderSlot], house: str) -> float:
    """Tonnes by which a house that sells nothing can miss its part: the part of all that the others could sell."""
    return part * sum(s.high for s in slots if s.offer.house != house)
