"""No mineral is held for more than so many days of use, in any week.

    cover_ceiling[i,w]:  sum over s of stock[i,s,w] <= max_days[i] * use[i]
                                                    + premium_pct[j]/100 * (tonnes[j] - unmet[j]) of loans back up to w

Where stock, inbound and frozen tickets alone are over it, that week's limit is what they bring.

Data: minerals.csv, stock.csv, inbound.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.flow import total_stock
from orebook.formulation.loans import loans_back
from orebook.formulation.orders import Orders
from orebook.formulation.standing_orders import frozen_tonnes
from orebook.formulation.stock_without_orders import standing
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every week of a mineral with a ceiling that its orders could pass."""
    held = standing(problem)
    limits: dict[tuple[str, int], float] = {}
    for i, slots in orders.by_mineral.items():
        start = {w: sum(held.get((i, s, w), 0.0) for s in problem.sites) for w in range(1, problem.weeks + 1)}
        for w in start:
            start[w] += frozen_tonnes(s for s in slots if s.arrives <= w)
        for w, level in start.items():
            mineral = problem.at(w).minerals[i]
            if mineral.max_days is None or mineral.use_t_per_day == 0:
                continue
            ceiling = max(mineral.max_days * mineral.use_t_per_day, level)
            if level + sum(s.high for s in slots if s.arrives <= w) > ceiling:
                limits[i, w] = ceiling
    loans = loans_back(problem, orders)

    def below(m: Any, i: str, w: int) -> Any:
        back = [j for (mineral, week), listed in loans.items() if mineral == i and week <= w for j in listed]
        back = [j for j in back if j.premium_pct > 0]
        most = limits[i, w] + sum(j.premium_pct / 100 * j.tonnes for j in back)
        less = [j.premium_pct / 100 * m.unmet[j.name] for j in back]
        return total_stock(m, problem, i, w) + pe.quicksum(less) <= most

    m.cover_ceiling = pe.Constraint(sorted(limits), rule=below)
