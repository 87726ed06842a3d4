"""The plan costs no more than the budget, no more than is free up to each week, and no mineral more than its own.

    budget_total:         sum over w of cash[w] <= budget_usd
    budget_released[w]:   sum over v <= w of cash[v] <= sum over v <= w of usd released in v
    budget_mineral[i]:    order cash of the tickets of i <= budget_usd[i]

Where money may come in it is taken off, and what comes later pays for nothing before:

    budget_week[w]:       sum over v <= w of cash[v] - receipts[v] <= budget_usd                      w < T
    budget_total, budget_released[w]:   the same sums, of cash - receipts

Frozen tickets that come to more lift the limit to that (`standing_orders.py`). Data: instance.toml, releases.csv, minerals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.standing_orders import cash_to_date, frozen_cash
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the budgets that are set."""
    weeks = range(1, problem.weeks + 1)
    frozen = cash_to_date(problem, orders.every)
    if problem.budget_usd is not None:
        budget = problem.budget_usd
        most = max(budget, frozen.get(problem.weeks, 0.0))
        m.budget_total = pe.Constraint(expr=_net(m, problem.weeks) <= most)
        m.budget_week = pe.Constraint(
            weeks[:-1] if problem.money_returns_from is not None else [],
            rule=lambda m, w: _net(m, w) <= max(budget, frozen.get(w, 0.0)),
        )
    released = problem.released

    def free(m: Any, w: int) -> Any:
        assert released is not None
        most = max(sum(u for v, u in released.items() if v <= w), frozen.get(w, 0.0))
        return _net(m, w) <= most

    m.budget_released = pe.Constraint(weeks if released is not None else [], rule=free)
    own = {i: usd for i in orders.by_mineral if (usd := problem.minerals[i].budget_usd) is not None}
    m.budget_mineral = pe.Constraint(
        list(own),
        rule=lambda _m, i: orders.order_cash(orders.by_mineral[i]) <= max(own[i], frozen_cash(orders.by_mineral[i])),
    )


def _net(m: Any, week: int) -> Any:
    """What is paid up to a week beyond what has come in (USD)."""
    return pe.quicksum(m.cash[w] for w in m.cash if w <= week) - pe.quicksum(
        m.receipts[w] for w in m.receipts if w <= week
    )
