"""A store takes only the classes it accepts, holds no more than its room and value, and puts away so much a week.

    site_room[s,w]:     sum over i of m3_per_t[i] * stock[i,s,w] <= capacity_m3[s]
    site_inbound[s,w]:  sum over i of put[i,s,w] <= inbound_t_per_week[s]               inbound orders apart
    site_value[s,w]:    sum over i of benchmark[i,w] * stock[i,s,w] <= max_value_usd[s]

A mineral is never put where its class is not accepted: there is no such variable. Where stock, inbound and the goods of
frozen tickets (as `orebook.placement` places them) are over a limit, that week's limit is what they bring to it: never worse
than today.

Data: sites.csv, minerals.csv, stock.csv.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.stock_without_orders import standing
from orebook.placement import held_by, placed
from orebook.problem import Problem, Site


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the limits of every store that has one."""
    stocks: dict[tuple[str, int], list[tuple[str, Any]]] = defaultdict(list)
    put: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (i, s, w), stock in m.stock.items():
        stocks[s, w].append((i, stock))
    for (_i, s, w), amount in m.put.items():
        put[s, w].append(amount)
    puts = placed(problem) if any(s.frozen_t is not None for s in orders.every) else {}
    start = standing(problem)
    for key, tonnes in held_by(puts, problem).items():
        start[key] += float(tonnes)
    taken_in: dict[tuple[str, int], float] = defaultdict(float)
    for (_i, s, w), tonnes in puts.items():
        taken_in[s, w] += float(tonnes)

    def site(s: str, w: int) -> Site:
        return problem.at(w).sites[s]

    def room(_m: Any, s: str, w: int) -> Any:
        minerals = problem.at(w).minerals
        held = sum(i.m3_per_t * start[i.name, s, w] for i in minerals.values())
        volume = pe.quicksum(minerals[i].m3_per_t * stock for i, stock in stocks[s, w] if minerals[i].m3_per_t > 0)
        return volume <= max(site(s, w).capacity_m3 or 0.0, held)

    def value(_m: Any, s: str, w: int) -> Any:
        held = sum(problem.benchmark[i, w] * start[i, s, w] for i in problem.minerals)
        worth = pe.quicksum(problem.benchmark[i, w] * stock for i, stock in stocks[s, w] if problem.benchmark[i, w] > 0)
        return worth <= max(site(s, w).max_value_usd or 0.0, held)

    bulky = [k for k in stocks if any(problem.at(k[1]).minerals[i].m3_per_t > 0 for i, _ in stocks[k])]
    dear = [k for k in stocks if any(problem.benchmark[i, k[1]] > 0 for i, _ in stocks[k])]
    m.site_room = pe.Constraint([k for k in bulky if site(*k).capacity_m3 is not None], rule=room)
    m.site_inbound = pe.Constraint(
        [k for k in put if site(*k).inbound_t_per_week is not None],
        rule=lambda _m, s, w: pe.quicksum(put[s, w]) <= max(site(s, w).inbound_t_per_week or 0.0, taken_in[s, w]),
    )
    m.site_value = pe.Constraint([k for k in dear if site(*k).max_value_usd is not None], rule=value)
