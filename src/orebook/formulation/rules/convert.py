"""What is converted in a week is within its capacity, and in whole lots where it has any.

    conversion_whole[c,w]: sum over s of convert[c,s,w] = lot_t[c] * conversion_lots[c,w]
    conversion_most[c,w]:  sum over s of convert[c,s,w] <= capacity_t_per_week[c]

None is begun that would come back after the plan. Data: conversions.csv.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of what may be converted."""
    taken: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (c, _, w), tonnes in m.convert.items():
        taken[c, w].append(tonnes)
    capacity = {(c, w): problem.at(w).conversions[c].capacity_t_per_week for c, w in taken}
    limited = [key for key, most in capacity.items() if most is not None and key not in m.conversion_lots]

    def lots(m: Any, c: str, w: int) -> Any:
        lot = problem.at(w).conversions[c].lot_t
        return pe.quicksum(taken[c, w]) - lot * m.conversion_lots[c, w] == 0

    m.conversion_whole = pe.Constraint(list(m.conversion_lots), rule=lots)
    m.conversion_most = pe.Constraint(limited, rule=lambda _m, c, w: pe.quicksum(taken[c, w]) <= capacity[c, w])
