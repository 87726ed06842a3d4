"""Goods that age: what has lapsed unless it left in time, first in, first out, stays in store and counts for nothing.

    waste_due[i,w]     waste[i,w] + what left up to w >= due[i,w]        due: stock with age_weeks + w > shelf_weeks, and
                                                                          inbound of weeks <= w - shelf_weeks
    waste_kept[i,w]    waste[i,w] >= waste[i,w-1]
    waste_stays[i,w]   sum over s of stock[i,s,w] >= waste[i,w]           lapsed goods do not leave

What left is what was drawn, sold and converted, and what was in a store that closed. `shelf_weeks` is that of the week in which
goods came in. Data: minerals.csv, stock.csv, inbound.csv, owed.csv.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.due import due_of
from orebook.formulation.flow import total_stock
from orebook.formulation.leaving import Leaving
from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders, leaving: Leaving) -> None:
    """Add `waste` (t), from the first week in which anything may lapse, and its rows."""
    due = {key: tonnes for key, tonnes in due_of(problem).items() if key[0] in orders.minerals}
    m.waste = pe.Var(list(due), domain=pe.NonNegativeReals, bounds=lambda _m, *key: (0.0, due[key]))
    before = [(i, w) for i, w in due if (i, w - 1) in due]
    leaves: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for (i, _, w), terms in leaving.items():
        leaves[i] += ((w, term) for term in terms)

    def left(i: str, week: int) -> list[Any]:
        return [term for w, term in leaves[i] if w <= week] + _closed(m, problem, i, week)

    m.waste_due = pe.Constraint(list(due), rule=lambda m, i, w: m.waste[i, w] + pe.quicksum(left(i, w)) >= due[i, w])
    m.waste_kept = pe.Constraint(before, rule=lambda m, i, w: m.waste[i, w] - m.waste[i, w - 1] >= 0)
    m.waste_stays = pe.Constraint(list(due), rule=lambda m, i, w: total_stock(m, problem, i, w) - m.waste[i, w] >= 0)


def usable_stock(m: Any, problem: Problem, mineral: str, week: int) -> Any:
    """Tonnes in all stores at the end of a week that have not lapsed."""
    held = total_stock(m, problem, mineral, week)
    return held - m.waste[mineral, week] if (mineral, week) in m.waste else held


def _closed(m: Any, problem: Problem, mineral: str, week: int) -> list[Any]:
    """What was in stores as they closed, up to a week."""
    if problem.world is None:
        return []
    return [
        m.stock[mineral, s, w - 1]
        for w in range(2, week + 1)
        for s in problem.at(w - 1).sites.keys() - problem.at(w).sites.keys()
        if (mineral, s, w - 1) in m.stock
    ]
