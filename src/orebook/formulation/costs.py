"""Money: each amount is one named expression or variable, shared by budget, funding and objective.

    week_cash[w]    cash[w] = what is paid in w for tickets placed, or arrived pay_after_weeks before it, order fees, dues,
                              in week 1 the engagement fees, and fees of sales and conversions
    order cash      landed * tonnes + order fee, of a set of tickets (`Orders.order_cash`)
    handling        handling_usd_per_t * put,    rent = rent_usd_per_m3_week * m3_per_t * stock, every week
    interest        rate_pct/100/52 * (drawn_usd + draws - repays up to and with the week), every week
    fees            undrawn_pct/100/52 * (limit_usd - drawn_usd - draws + repays up to and with the week), up to to_week,
                    and draw_fee_pct/100 * draw
    total cost      cash - receipts + handling + rent + interest + fees

`cash[w]` is a variable and not an expression so that the rows and stages that use it stay short.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation import receipts
from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Define `cash`, `receipts`, and the expressions `handling`, `rent`, `interest`, `fees` and `total_cost` (USD)."""
    paid: dict[int, list[Any]] = defaultdict(list)
    for slot in orders.slots:
        now = slot.offer.pay_on_order_pct / 100
        paid[slot.week] += orders.paid(slot, now, with_fee=True)
        paid[slot.arrives + slot.offer.pay_after_weeks] += orders.paid(slot, 1 - now, with_fee=False)
    for (b, w), sale in m.sale.items():
        if (fee := problem.at(w).bids[b].fee_usd) > 0:
            paid[w].append(fee * sale)
    for (c, _, w), tonnes in m.convert.items():
        if (fee := problem.at(w).conversions[c].fee_usd_per_t) > 0:
            paid[w].append(fee * tonnes)
    due: dict[int, float] = defaultdict(float)
    for order in problem.inbound:
        due[order.week] += order.due_usd

    def week_cash(m: Any, w: int) -> Any:
        tickets = LinearExpression(paid[w])
        fees = _engage_fees(m, problem) if w == 1 else 0.0
        return m.cash[w] - tickets - fees == due[w]

    m.week_cash = pe.Constraint(range(1, problem.weeks + 1), rule=week_cash)
    m.handling = pe.Expression(expr=_handling(m, problem))
    m.rent = pe.Expression(expr=_rent(m, problem))
    m.interest = pe.Expression(expr=_interest(m, problem))
    m.fees = pe.Expression(expr=_fees(m, problem))
    receipts.add(m, problem, orders)
    net = pe.quicksum(m.cash.values()) - pe.quicksum(m.receipts.values())
    m.total_cost = pe.Expression(expr=net + m.handling + m.rent + m.interest + m.fees)


def _engage_fees(m: Any, problem: Problem) -> Any:
    houses = [problem.houses[h] for h in m.engaged]
    return pe.quicksum(h.engage_fee_usd * m.engaged[h.name] for h in houses if not h.engaged and h.engage_fee_usd > 0)


def _handling(m: Any, problem: Problem) -> Any:
    def rate(s: str, w: int) -> float:
        return problem.at(w).sites[s].handling_usd_per_t

    return pe.quicksum(rate(s, w) * put for (_i, s, w), put in m.put.items() if rate(s, w) > 0)


def _rent(m: Any, problem: Problem) -> Any:
    def rate(i: str, s: str, w: int) -> float:
        then = problem.at(w)
        return then.minerals[i].m3_per_t * then.sites[s].rent_usd_per_m3_week

    return pe.quicksum(rate(*key) * stock for key, stock in m.stock.items() if rate(*key) > 0)


def _interest(m: Any, problem: Problem) -> Any:
    """Each dollar bears the rates of its week and of those after it."""
    weeks = range(1, problem.weeks + 1)
    weekly = {(f, w): problem.source(f, w).rate_pct / 100 / 52 for f in problem.sources for w in weeks}
    rest = {(f, w): math.fsum(weekly[f, v] for v in weeks if v >= w) for f, w in weekly}
    earlier = math.fsum(rest[f.name, 1] * f.drawn_usd for f in problem.sources.values())
    draws = [rest[key] * draw for key, draw in m.draw.items() if rest[key] > 0]
    repays = [-rest[key] * repay for key, repay in m.repay.items() if rest[key] > 0]
    return pe.quicksum([*draws, *repays]) + earlier


def _fees(m: Any, problem: Problem) -> Any:
    """A draw bears its fee, and saves that on what is not drawn in the weeks that are left to its source's last one."""
    terms: list[Any] = []
    weeks = range(1, problem.weeks + 1)
    for f in problem.sources.values():
        undrawn = {w: problem.source(f.name, w).undrawn_in(w) / 100 / 52 for w in weeks}
        if f.limit_usd is not None and any(undrawn.values()):
            terms.append(math.fsum(undrawn.values()) * (f.limit_usd - f.drawn_usd))
        for w in weeks:
            saved = math.fsum(undrawn[v] for v in weeks if v >= w)
            of_draw = problem.source(f.name, w).draw_fee_pct / 100
            if (f.name, w) in m.draw and (saved or of_draw):
                terms.append((of_draw - saved) * m.draw[f.name, w])
            if (f.name, w) in m.repay and saved:
                terms.append(saved * m.repay[f.name, w])
    return pe.quicksum(terms) if terms else 0.0
