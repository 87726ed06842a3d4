"""Cost and shortage in one currency.

    cost + sum over (i,w) in D of value_usd_per_day[i] * (days short + critical_weight * days short of critical)
         + unmet_weight * sum over j of value_usd_per_day[i(j)] * days unmet                                  USD

value_usd_per_day is use * benchmark in the target's or withdrawal's week where minerals.csv names none.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""

    def per_tonne(i: str, w: int) -> float:
        mineral = problem.at(w).minerals[i]
        if mineral.value_usd_per_day is None:
            return problem.benchmark[i, w]
        return mineral.value_usd_per_day / (mineral.use_t_per_day or 1.0)

    weights = model.weights
    short = [per_tonne(i, w) * (m.short[i, w] + weights.critical_weight * m.crit[i, w]) for i, w in m.short]
    drawn = [problem.withdrawals[j] for j in m.unmet]
    unmet = [weights.unmet_weight * per_tonne(j.mineral, j.week) * m.unmet[j.name] for j in drawn]
    return m.total_cost + pe.quicksum(short) + pe.quicksum(unmet)
