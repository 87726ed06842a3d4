"""Goods: what arrives is put away, what is drawn is taken out, and the rest stays.

arrivals_put[i,w]      sum over s of put[i,s,w] = tonnes ordered that arrive in w
                                                + (1 + premium_pct[j]/100) * (tonnes[j] - unmet[j]) of loans with repay_week w
                                                + yield[c] * convert[c,s,w - lead_weeks[c]] of conversions c into i
stock_balance[i,s,w]   stock[i,s,w] = stock[i,s,w-1] + inbound[i,s,w] + put[i,s,w] - sum over j of out[j,s]
                                      - sum over bids b of sell[b,s,w] - sum over conversions c from i of convert[c,s,w]
                       in the weeks in which there is such a store; what is in one that closes is gone
withdrawal_served[j]   sum over s of out[j,s] + unmet[j] = tonnes[j]
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation.leaving import Leaving
from orebook.formulation.loans import brings_back, loans_back
from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders, leaving: Leaving) -> None:
    """Add the balances of goods."""
    inbound: dict[tuple[str, str, int], float] = defaultdict(float)
    for order in problem.inbound:
        inbound[order.mineral, order.site, order.week] += order.tonnes
    made: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (c, _, w), taken in m.convert.items():
        conversion = problem.at(w).conversions[c]
        made[conversion.into, w + conversion.lead_weeks].append(-conversion.yield_t * taken)
    stock, put = dict(m.stock.items()), dict(m.put.items())

    def balance(_m: Any, i: str, s: str, w: int) -> Any:
        before = [-1 * stock[i, s, w - 1]] if (i, s, w - 1) in stock else []
        coming = [-1 * put[i, s, w]] if (i, s, w) in put else []
        start = problem.stock.get((i, s), 0.0) if w == 1 else 0.0
        terms = [stock[i, s, w], *before, *coming, *leaving.get((i, s, w), [])]
        return LinearExpression(terms) == start + inbound.get((i, s, w), 0.0)

    def served(m: Any, j: str) -> Any:
        return pe.quicksum(m.out[j, s] for s in problem.sites if (j, s) in m.out) + m.unmet[j] == tonnes[j]

    def put_away(_m: Any, i: str, w: int) -> Any:
        away = LinearExpression([put[i, s, w] for s in problem.sites if (i, s, w) in put])
        ordered, back = orders.tonnes(orders.by_arrival.get((i, w), [])), loans.get((i, w), [])
        if (i, w) in made:
            ordered -= LinearExpression(made[i, w])
        if not back:
            return away - ordered == 0
        less = pe.quicksum(brings_back(j) * m.unmet[j.name] for j in back)
        return away - ordered + less == sum(brings_back(j) * j.tonnes for j in back)

    tonnes = {j.name: j.tonnes for j in problem.withdrawals.values()}
    loans = loans_back(problem, orders)
    arriving = sorted({*(k for k in orders.by_arrival if k[1] <= problem.weeks), *loans, *made})
    m.arrivals_put = pe.Constraint(arriving, rule=put_away)
    m.stock_balance = pe.Constraint(list(m.stock), rule=balance)
    m.withdrawal_served = pe.Constraint(list(m.unmet), rule=served)


def total_stock(m: Any, problem: Problem, mineral: str, week: int) -> Any:
    """Tonnes of a mineral in all stores at the end of a week; a sum of no stock at all is still an expression."""
    held = [m.stock[mineral, s, week] for s in problem.sites if (mineral, s, week) in m.stock]
    return pe.quicksum(held or [m.nothing])
