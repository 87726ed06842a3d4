"""Nothing is to lapse: goods leave before they are too old.

    shelf_lapsed[i]:  waste[i,T] <= 0

It gives way by what lapses, as a part of what is there at first and under way. Data: minerals.csv, stock.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every mineral of which some may lapse in the plan."""
    last = problem.weeks
    m.shelf_lapsed = pe.Constraint([i for i, w in m.waste if w == last], rule=lambda m, i: m.waste[i, last] <= 0)
