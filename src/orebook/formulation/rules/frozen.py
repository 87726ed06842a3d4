"""In the first weeks the prior plan's tickets stand: none added, dropped or altered.

    frozen_order[o,w]:   q[o,w] = prior tonnes[o,w]        w <= frozen_weeks
    frozen_ticket[o,w]:  order[o,w] = 1

No other slot exists in those weeks (`slots.py`). Data: prior.csv, instance.toml.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Fix the tickets of the frozen weeks."""
    frozen = {s.key: s for s in orders.slots if s.frozen_t is not None}
    m.frozen_order = pe.Constraint(
        list(frozen), rule=lambda _m, o, w: orders.tonnes([frozen[o, w]]) == frozen[o, w].frozen_t
    )
    m.frozen_ticket = pe.Constraint(list(frozen), rule=lambda _m, o, w: pe.quicksum(orders.placed(frozen[o, w])) == 1)
