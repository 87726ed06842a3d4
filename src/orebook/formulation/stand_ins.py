"""Minerals that stand for others in their targets: a tonne counts once.

by[i,k,w]     t of k that stand for i in the target of week w
own[k,w]      t of k that count for its own target; where there is none, for nothing

Only minerals of which one may stand for the other have them: what all others have in store counts for their own targets.
`rules/substitute.py` has their rows. Data: substitutes.csv, targets.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.ageing import usable_stock
from orebook.formulation.flow import total_stock
from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def add(m: Any, problem: Problem, model: Model, orders: Orders) -> None:
    """Declare what stands in; nothing does under a model without the rule."""
    targets = {(t.mineral, t.week): t.days for t in problem.targets if t.mineral in orders.minerals}
    stands: list[tuple[str, str, int]] = []
    for mineral, week in targets if model.on("substitute") else ():
        then = problem.at(week)
        stands += [(i, k, week) for i, k in then.substitutes if i == mineral and k in orders.minerals]
    shared = {(x, w) for i, k, w in stands for x in (i, k)}

    def held(mineral: str, week: int) -> float:
        return sum(float(m.stock[mineral, s, week].ub) for s in problem.sites if (mineral, s, week) in m.stock)

    m.by = pe.Var(stands, domain=pe.NonNegativeReals, bounds=lambda _m, _i, k, w: (0.0, held(k, w)))
    m.own = pe.Var(
        sorted(shared & targets.keys()), domain=pe.NonNegativeReals, bounds=lambda _m, k, w: (0.0, held(k, w))
    )


def own_stock(m: Any, problem: Problem, mineral: str, week: int) -> Any:
    """Tonnes that count for the mineral's own target."""
    return m.own[mineral, week] if (mineral, week) in m.own else usable_stock(m, problem, mineral, week)


def standing_in(m: Any, problem: Problem, mineral: str, week: int) -> list[Any]:
    """What stands for the mineral in the target of a week, in tonnes of it."""
    substitutes = problem.at(week).substitutes
    return [
        factor.factor * m.by[mineral, k, week]
        for (i, k), factor in substitutes.items()
        if i == mineral and (i, k, week) in m.by
    ]


def must_stock(m: Any, problem: Problem, mineral: str, week: int) -> Any:
    """Tonnes that count for cover that must be there: what lapsed too, and not what stands for others."""
    if (mineral, week) not in m.own:
        return total_stock(m, problem, mineral, week)
    lapsed = [m.waste[mineral, week]] if (mineral, week) in m.waste else []
    return pe.quicksum([m.own[mineral, week], *lapsed])
