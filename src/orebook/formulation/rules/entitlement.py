"""Members draw what they are entitled to, over the plan and in a week; what they borrowed and brought back counts no more.

    entitlement_total[m,i,w]:  sum of tonnes[j] - unmet[j] of m, i in weeks <= w, but for loans with repay_week <= w,
                               <= tonnes[m,i]
    entitlement_week[m,i,w]:   sum of tonnes[j] - unmet[j] of m, i in week w <= max_week_t[m,i]
    entitlement_none[j]:       unmet[j] = tonnes[j] where the member has no row for the mineral

In the weeks in which the member may draw: in no other is more drawn. Data: entitlements.csv, withdrawals.csv.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem, Withdrawal

Rows = dict[tuple[str, str, int], tuple[list[Withdrawal], float]]


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows that what is asked for could pass."""
    drawn: dict[tuple[str, str], list[Withdrawal]] = defaultdict(list)
    for j in problem.withdrawals.values():
        if j.member is not None and j.mineral in orders.minerals:
            drawn[j.member, j.mineral].append(j)
    total: Rows = {}
    weekly: Rows = {}
    none: list[str] = []
    for key, listed in sorted(drawn.items()):
        for week in sorted({j.week for j in listed}):
            entitlements, now = problem.at(week).entitlements, [j for j in listed if j.week == week]
            if entitlements is None:
                continue
            row = entitlements.get(key)
            if row is None:
                none += [j.name for j in now]
                continue
            whole = (problem.entitlements or {}).get(key, row)
            out = [j for j in listed if j.is_out(week)]
            for rows, held, most in ((total, out, whole.tonnes), (weekly, now, row.max_week_t)):
                if most is not None and sum(j.tonnes for j in held) > most:
                    rows[(*key, week)] = held, most

    def limited(rows: Rows) -> Any:
        def row(m: Any, member: str, mineral: str, week: int) -> Any:
            held, most = rows[member, mineral, week]
            return pe.quicksum(m.unmet[j.name] for j in held) >= sum(j.tonnes for j in held) - most

        return pe.Constraint(list(rows), rule=row)

    m.entitlement_total = limited(total)
    m.entitlement_week = limited(weekly)
    m.entitlement_none = pe.Constraint(none, rule=lambda m, j: m.unmet[j] == problem.withdrawals[j].tonnes)
