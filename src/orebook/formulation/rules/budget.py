"""The plan costs no more than the budget, no more than is free up to each week, and no mineral more than its own.

    budget_total:         sum over w of cash[w] <= budget_usd
    budget_released[w]:   sum over v <= w of cash[v] <= sum over v <= w of usd released in v
    budget_mineral[i]:    order cash of the tickets of i <= budget_usd[i]

Data: instance.toml, releases.csv, minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the budgets that are set."""
    weeks = range(1, problem.weeks + 1)
    if problem.budget_usd is not None:
        m.budget_total = pe.Constraint(expr=pe.quicksum(m.cash[w] for w in weeks) <= problem.budget_usd)
    released = problem.released

    def free(m: Any, w: int) -> Any:
        assert released is not None
        return pe.quicksum(m.cash[v] for v in weeks if v <= w) <= sum(u for v, u in released.items() if v <= w)

    m.budget_released = pe.Constraint(weeks if released is not None else [], rule=free)
    limited = [i for i in orders.by_mineral if problem.minerals[i].budget_usd is not None]
    m.budget_mineral = pe.Constraint(
        limited, rule=lambda _m, i: orders.order_cash(orders.by_mineral[i]) <= problem.minerals[i].budget_usd
    )
