"""The plan costs no more than the budget, no more than is free up to each week, and no mineral more than its own.

    budget_total:         sum over w of cash[w] <= budget_usd
    budget_released[w]:   sum over v <= w of cash[v] <= sum over v <= w of usd released in v
    budget_mineral[i]:    order cash of the tickets of i <= budget_usd[i]

Frozen tickets that come to more lift the limit to that (`standing_orders.py`). Data: instance.toml, releases.csv, minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.standing_orders import cash_to_date, frozen_cash
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the budgets that are set."""
    weeks = range(1, problem.weeks + 1)
    frozen = cash_to_date(problem, orders.every)
    if problem.budget_usd is not None:
        most = max(problem.budget_usd, frozen.get(problem.weeks, 0.0))
        m.budget_total = pe.Constraint(expr=pe.quicksum(m.cash[w] for w in weeks) <= most)
    released = problem.released

    def free(m: Any, w: int) -> Any:
        assert released is not None
        most = max(sum(u for v, u in released.items() if v <= w), frozen.get(w, 0.0))
        return pe.quicksum(m.cash[v] for v in weeks if v <= w) <= most

    m.budget_released = pe.Constraint(weeks if released is not None else [], rule=free)
    own = {i: usd for i in orders.by_mineral if (usd := problem.minerals[i].budget_usd) is not None}
    m.budget_mineral = pe.Constraint(
        list(own),
        rule=lambda _m, i: orders.order_cash(orders.by_mineral[i]) <= max(own[i], frozen_cash(orders.by_mineral[i])),
    )
