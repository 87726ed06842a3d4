"""A mineral may stand for another in its targets, as far as it is not its own cover, and up to a part of the target.

    own_stock[k,w]:        own[k,w] + sum over i of by[i,k,w] <= sum over s of stock[k,s,w] - waste[k,w]
    stand_in_most[i,k,w]:  factor[i,k] * by[i,k,w] <= max_share[i,k] * target[i,w]

Critical days are of own tonnes alone. Data: substitutes.csv, targets.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.ageing import usable_stock
from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every mineral that may stand for another, or have another stand for it."""
    target = {
        (t.mineral, t.week): t.days * problem.at(t.week).minerals[t.mineral].use_t_per_day for t in problem.targets
    }
    given: dict[tuple[str, int], list[Any]] = {key: [] for key in m.own}
    for (_, k, w), tonnes in m.by.items():
        given.setdefault((k, w), []).append(tonnes)

    def own(m: Any, k: str, w: int) -> Any:
        counts = [m.own[k, w]] if (k, w) in m.own else []
        return pe.quicksum([*counts, *given[k, w]]) - usable_stock(m, problem, k, w) <= 0

    def most(m: Any, i: str, k: str, w: int) -> Any:
        substitute = problem.at(w).substitutes[i, k]
        part = 1.0 if substitute.max_share is None else substitute.max_share
        return m.by[i, k, w] <= part * target[i, w] / substitute.factor

    m.own_stock = pe.Constraint(sorted(given), rule=own)
    m.stand_in_most = pe.Constraint(list(m.by), rule=most)
