"""Money: each amount is one named expression or variable, shared by budget, funding and objective.

    week_cash[w]    cash[w] = what is paid in w for tickets placed or arriving in it, order fees, dues,
                              and in week 1 the engagement fees
    order cash      landed * tonnes + order fee, of a set of tickets (`Orders.order_cash`)
    handling        handling_usd_per_t * put,    rent = rent_usd_per_m3_week * m3_per_t * stock, every week
    interest        rate_pct/100/52 * (drawn_usd + draws - repays up to and with the week), every week
    fees            undrawn_pct/100/52 * (limit_usd - drawn_usd - draws + repays up to and with the week), up to to_week,
                    and draw_fee_pct/100 * draw
    total cost      cash - receipts + handling + rent + interest + fees

`cash[w]` is a variable and not an expression so that the rows and stages that use it stay short.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.environ as pe
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
        paid[slot.arrives] += orders.paid(slot, 1 - now, with_fee=False)
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
    receipts.add(m, problem)
    net = pe.quicksum(m.cash.values()) - pe.quicksum(m.receipts.values())
    m.total_cost = pe.Expression(expr=net + m.handling + m.rent + m.interest + m.fees)


def _engage_fees(m: Any, problem: Problem) -> Any:
    houses = [problem.houses[h] for h in m.engaged]
    return pe.quicksum(h.engage_fee_usd * m.engaged[h.name] for h in houses if not h.engaged and h.engage_fee_usd > 0)


def _handling(m: Any, problem: Problem) -> Any:
    rate = {s.name: s.handling_usd_per_t for s in problem.sites.values()}
    return pe.quicksum(rate[s] * put for (_i, s, _w), put in m.put.items() if rate[s] > 0)


def _rent(m: Any, problem: Problem) -> Any:
    rates = {
        (i.name, s.name): i.m3_per_t * s.rent_usd_per_m3_week
        for i in problem.minerals.values()
        for s in problem.sites.values()
    }
    return pe.quicksum(rates[i, s] * stock for (i, s, _w), stock in m.stock.items() if rates[i, s] > 0)


def _interest(m: Any, problem: Problem) -> Any:
    weekly = {f.name: f.rate_pct / 100 / 52 for f in problem.sources.values()}
    earlier = sum(weekly[f.name] * f.drawn_usd * problem.weeks for f in problem.sources.values())
    draws = [weekly[f] * (problem.weeks - w + 1) * draw for (f, w), draw in m.draw.items() if weekly[f] > 0]
    repays = [-weekly[f] * (problem.weeks - w + 1) * repay for (f, w), repay in m.repay.items() if weekly[f] > 0]
    return pe.quicksum([*draws, *repays]) + earlier


def _fees(m: Any, problem: Problem) -> Any:
    """A draw bears its fee, and saves that on what is not drawn in the weeks that are left to its source's last one."""
    terms: list[Any] = []
    for f in problem.sources.values():
        weeks, undrawn = f.commitment_weeks(problem.weeks), f.undrawn_pct / 100 / 52
        if undrawn > 0 and f.limit_usd is not None:
            terms.append(undrawn * weeks * (f.limit_usd - f.drawn_usd))
        for w in range(1, problem.weeks + 1):
            saved = undrawn * max(0, weeks - w + 1)
            if (f.name, w) in m.draw and (saved or f.draw_fee_pct):
                terms.append((f.draw_fee_pct / 100 - saved) * m.draw[f.name, w])
            if (f.name, w) in m.repay and saved:
                terms.append(saved * m.repay[f.name, w])
    return pe.quicksum(terms) if terms else 0.0
