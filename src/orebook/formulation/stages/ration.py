"""The worst-served withdrawal, of all members or of those of one priority: the largest part that is not served.

rationed, rationed_p
ration_part[j]:  tonnes[j] * rationed >= unmet[j]         where tonnes[j] > 0; ration_part_p[j] of members of priority p

What is left of the others, largest by largest, follows once this is settled (`solver/run/rationing.py`).
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import BY_PRIORITY, StageName


def measure(m: Any, problem: Problem, model: Model, orders: Orders, priority: int | None = None) -> Any:
    """The measure as an expression."""
    end = "" if priority is None else f"_{priority}"
    worst = pe.Var(domain=pe.NonNegativeReals, bounds=(0, 1))
    m.add_component(f"rationed{end}", worst)
    asked = {j: problem.withdrawals[j] for j in m.unmet if problem.withdrawals[j].tonnes > 0}
    asked = {name: j for name, j in asked.items() if priority in (None, problem.priority(j))}
    rows = pe.Constraint(list(asked), rule=lambda m, j: asked[j].tonnes * worst - m.unmet[j] >= 0)
    m.add_component(f"ration_part{end}", rows)
    return 1.0 * worst


def part_row(stage: StageName) -> str:
    """The rows that say the parts of a ration stage."""
    return f"ration_part_{BY_PRIORITY[stage][1]}" if stage in BY_PRIORITY else "ration_part"
