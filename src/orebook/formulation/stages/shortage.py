"""How far a plan is short of its targets: the variables that several stages weigh.

short_of_target[i,w]:    short[i,w] >= days[i,w] * use[i] - own[i,w] - sum over k of factor[i,k] * by[i,k,w]
short_of_critical[i,w]:  crit[i,w] >= min(days[i,w], critical_days[i]) * use[i] - own[i,w]

own is the stock of i at the end of w without what has lapsed, and where i may stand for others (`stand_ins.py`) without that.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.stand_ins import own_stock, standing_in
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add `short` and `crit` (t), each at most its target, and their rows."""
    targets = [(t, problem.at(t.week).minerals[t.mineral]) for t in problem.targets if t.mineral in orders.minerals]
    target = {(t.mineral, t.week): t.days * i.use_t_per_day for t, i in targets}
    critical = {(t.mineral, t.week): min(t.days, i.critical_days) * i.use_t_per_day for t, i in targets}
    m.short = pe.Var(list(target), domain=pe.NonNegativeReals, bounds=lambda _m, *k: (0, target[k]))
    m.crit = pe.Var(list(critical), domain=pe.NonNegativeReals, bounds=lambda _m, *k: (0, critical[k]))
    m.short_of_target = pe.Constraint(
        [k for k in target if target[k] > 0],
        rule=lambda m, i, w: (
            pe.quicksum([m.short[i, w], *standing_in(m, problem, i, w)]) + own_stock(m, problem, i, w) >= target[i, w]
        ),
    )
    m.short_of_critical = pe.Constraint(
        [k for k in critical if critical[k] > 0],
        rule=lambda m, i, w: m.crit[i, w] + own_stock(m, problem, i, w) >= critical[i, w],
    )
