"""Some cover must be there: at every target of the mineral, whatever else goes short.

    must_cover[i,w]:  sum over s of stock[i,s,w] >= must_days[i,w] * use[i]

Data: minerals.csv, targets.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.flow import total_stock
from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every target with must_days."""
    least = {
        (t.mineral, t.week): t.must_days * problem.minerals[t.mineral].use_t_per_day
        for t in problem.targets
        if t.must_days and t.mineral in orders.minerals
    }
    m.must_cover = pe.Constraint(list(least), rule=lambda m, i, w: (least[i, w], total_stock(m, problem, i, w), None))
