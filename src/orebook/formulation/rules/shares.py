"""No house, origin or group has more, or less, than its share of a mineral; with `*`, of the money of all tickets.

    share_max[i,by,name]:  tonnes of i from name <= max_share * tonnes of i
    share_min[i,by,name]:  tonnes of i from name >= min_share * tonnes of i
    the same with `*` in order cash of all tickets, also where that may be below 0

Where frozen tickets alone break one by more than a plan may, it holds as it is, or nothing more is ordered against it
(`standing_shares.py`): share_max ... <= excess * stands. Data: shares.csv, origins.csv (groups).
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.standing_shares import ShareRow, share_rows
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every bound on a share that something could break."""

    def body(row: ShareRow) -> Any:
        weights = [*((s, 1 - row.part) for s in row.inside), *((s, -row.part) for s in row.outside)]
        amount = orders.scaled_cash(weights) if row.in_cash else orders.scaled_tonnes(weights)
        return amount - row.excess * m.stands[row.key] if row.key in m.stands else amount

    rows = share_rows(problem, orders)
    most = {r.key[1:]: r for r in rows if r.key[0] == "max"}
    least = {r.key[1:]: r for r in rows if r.key[0] == "min"}
    m.share_max = pe.Constraint(list(most), rule=lambda _m, *k: body(most[k]) <= most[k].hair)
    m.share_min = pe.Constraint(list(least), rule=lambda _m, *k: body(least[k]) >= least[k].hair)
