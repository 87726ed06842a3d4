"""The worst-served target: the largest part of a target that is missing, targets of zero left out.

worst
fair_worst[i,w]:  target[i,w] * worst >= short[i,w]
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""
    m.worst = pe.Var(domain=pe.NonNegativeReals, bounds=(0, 1))
    target = {
        (t.mineral, t.week): t.days * problem.at(t.week).minerals[t.mineral].use_t_per_day for t in problem.targets
    }
    m.fair_worst = pe.Constraint(
        [k for k in target if target[k] > 0 and k in m.short],
        rule=lambda m, i, w: target[i, w] * m.worst - m.short[i, w] >= 0,
    )
    return 1.0 * m.worst
