"""Goods: one variable for what each store takes in, holds and gives, bounded by all that could come.

put[i,s,w], stock[i,s,w], out[j,s], unmet[j]   t
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation import leaving
from orebook.formulation.due import lapsing_of
from orebook.formulation.loans import brings_back, loans_back
from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model

Bounds = dict[tuple[str, str, int], tuple[float, float]]


def add(m: Any, problem: Problem, model: Model, orders: Orders) -> None:
    """Declare the variables of goods of the minerals that are modelled."""
    puts, stocks = _put_and_held(problem, model, orders)
    m.put = pe.Var(list(puts), domain=pe.NonNegativeReals, bounds=puts)
    m.stock = pe.Var(list(stocks), domain=pe.NonNegativeReals, bounds=stocks)
    withdrawals = {j.name: j for j in problem.withdrawals.values() if j.mineral in orders.minerals}
    outs = [(j.name, s) for j in withdrawals.values() for s in problem.sites if (j.mineral, s, j.week) in stocks]
    m.out = pe.Var(outs, domain=pe.NonNegativeReals, bounds=lambda _m, j, _s: (0, withdrawals[j].tonnes))
    m.unmet = pe.Var(list(withdrawals), domain=pe.NonNegativeReals, bounds=lambda _m, j: (0, withdrawals[j].tonnes))
    lapsing = lapsing_of(problem)
    leaving.add(m, problem, model, stocks, lapsing)


def _put_and_held(problem: Problem, model: Model, orders: Orders) -> tuple[Bounds, Bounds]:
    """The bounds of what is put into stores and of what is in them; minerals that others are made of come first."""
    arriving: dict[tuple[str, int], float] = defaultdict(float)
    for slot in orders.slots:
        arriving[slot.offer.mineral, slot.arrives] += slot.high
    for key, loans in loans_back(problem, orders).items():
        arriving[key] += sum(brings_back(j) * j.tonnes for j in loans)
    held: dict[tuple[str, str], float] = defaultdict(float, problem.stock)
    for order in problem.inbound:
        held[order.mineral, order.site] += order.tonnes
    conversions = list(leaving.open_conversions(problem, model))
    puts: Bounds = {}
    stocks: Bounds = {}
    for i in (name for name in leaving.conversion_order(problem) if name in orders.minerals):
        for s in problem.sites:
            most = held.get((i, s), 0.0)
            takes = [w for w in range(1, problem.weeks + 1) if _takes(problem.at(w), i, s, model)]
            if not takes and most == 0:
                continue
            for w in range(1, problem.weeks + 1):
                if s not in problem.at(w).sites:
                    continue
                if w in takes and arriving.get((i, w), 0.0) > 0:
                    puts[i, s, w] = (0, arriving[i, w])
                    most += arriving[i, w]
                stocks[i, s, w] = (0, most)
        for c, w in conversions:
            if c.source == i and (most := leaving.most_converted(c, w, problem, stocks)) > 0:
                arriving[c.into, w + c.lead_weeks] += c.yield_t * most
    return puts, stocks


def _takes(then: Problem, mineral: str, site: str, model: Model) -> bool:
    """Whether a store takes a mineral, by what it accepts then."""
    store = then.sites.get(site)
    if store is None:
        return False
    return store.accepts is None or then.minerals[mineral].storage_class in store.accepts or not model.on("storage")
