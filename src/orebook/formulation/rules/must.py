"""Some cover must be there: at every target of the mineral, whatever else goes short.

    must_cover[i,w]:  sum over s of stock[i,s,w] >= must_days[i,w] * use[i]      of what stands for others none counts

Data: minerals.csv, targets.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.stand_ins import must_stock
from orebook.formulation.standing_orders import frozen_tonnes, least_kept
from orebook.formulation.stock_without_orders import standing
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every target with must_days."""
    start = standing(problem)

    def frozen_stock(i: str, w: int) -> float:
        """Tonnes that the frozen tickets bring to what is there, nothing taken out; 0 where none is frozen."""
        frozen = frozen_tonnes(s for s in orders.by_mineral.get(i, []) if s.arrives <= w)
        return frozen + sum(start.get((i, s, w), 0.0) for s in problem.sites) if frozen else 0.0

    least = {
        (t.mineral, t.week): t.must_days * problem.at(t.week).minerals[t.mineral].use_t_per_day
        for t in problem.targets
        if t.must_days and t.mineral in orders.minerals
    }
    least = {(i, w): least_kept(tonnes, frozen_stock(i, w)) for (i, w), tonnes in least.items()}
    m.must_cover = pe.Constraint(list(least), rule=lambda m, i, w: (least[i, w], must_stock(m, problem, i, w), None))
