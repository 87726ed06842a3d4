"""Days of cover missing, critical ones more.

sum over (i,w) in D of criticality[i] * (days short + critical_weight * days short of critical)     weighted days
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
        return mineral.criticality / mineral.use_t_per_day

    weight = model.weights.critical_weight
    return pe.quicksum(per_tonne(i, w) * (m.short[i, w] + weight * m.crit[i, w]) for i, w in m.short) + m.nothing
