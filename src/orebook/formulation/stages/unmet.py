"""Withdrawals not served, in days of use; of all members, or of those of one priority.

sum over j of criticality[i(j)] * unmet[j] / use[i(j)]            weighted days; without use a tonne counts as a day
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders, priority: int | None = None) -> Any:
    """The measure as an expression."""
    drawn = {j: problem.withdrawals[j] for j in m.unmet}
    drawn = {name: j for name, j in drawn.items() if priority in (None, problem.priority(j))}
    minerals = {name: problem.at(j.week).minerals[j.mineral] for name, j in drawn.items()}
    return pe.quicksum(i.criticality / (i.use_t_per_day or 1.0) * m.unmet[j] for j, i in minerals.items()) + m.nothing
