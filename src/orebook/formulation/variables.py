"""The decisions: one Pyomo variable for each symbol of the contract, bounded from the data.

lots[o,w,k]   integer   n: lots at tier k (under `incremental`: of the whole order, k = 0)
tonnes[o,w,k] t         q: where the offer has no lots, or the part of an incremental order inside tier k
order[o,w,k]  0 or 1    y: an order is placed at tier k (incremental: reaches into it)
engaged[h]    0 or 1    z, where a fee or a limit makes engagement matter
put[i,s,w], stock[i,s,w], out[j,s], unmet[j]   t
cash[w], draw[f,w]      USD
receipts[w], repay[f,w], idle[w]   USD, from the first week in which money may come in
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import pyomo.core as pe

from orebook.formulation.loans import brings_back, loans_back
from orebook.formulation.orders import Orders
from orebook.formulation.receipts import most_receipts
from orebook.formulation.slots import OrderSlot
from orebook.problem import Problem
from orebook.schema.model import Model


def add(m: Any, problem: Problem, model: Model, orders: Orders, slots: Iterable[OrderSlot]) -> None:
    """Declare every variable that more than one part of the model speaks of; `slots` are those of all minerals."""
    _orders(m, orders)
    _engagement(m, problem, model)
    _flow(m, problem, model, orders)
    _money(m, problem, model, slots)


def _orders(m: Any, orders: Orders) -> None:
    lots: dict[tuple[str, int, int], tuple[int, int]] = {}
    tonnes: dict[tuple[str, int, int], tuple[float, float]] = {}
    binary: list[tuple[str, int, int]] = []
    for slot, keys in zip(orders.slots, orders.keys, strict=True):
        binary += keys
        if slot.offer.lot_t is not None and slot.incremental:
            lots[*slot.key, 0] = (0, slot.high_lots)
        if slot.in_lots:
            lots.update((key, (0, p.high_lots)) for key, p in zip(keys, slot.pieces, strict=True))
        else:
            tonnes.update((key, (0, p.high)) for key, p in zip(keys, slot.pieces, strict=True))
    m.lots = pe.Var(list(lots), domain=pe.NonNegativeIntegers, bounds=lots)
    m.tonnes = pe.Var(list(tonnes), domain=pe.NonNegativeReals, bounds=tonnes)
    m.order = pe.Var(binary, domain=pe.Binary)


def _engagement(m: Any, problem: Problem, model: Model) -> None:
    counted = model.on("houses") and problem.max_houses is not None
    houses = [h.name for h in problem.houses.values() if counted or (h.engage_fee_usd > 0 and not h.engaged)]
    m.engaged = pe.Var(houses, domain=pe.Binary)


def _flow(m: Any, problem: Problem, model: Model, orders: Orders) -> None:
    arriving: dict[tuple[str, int], float] = defaultdict(float)
    for slot in orders.slots:
        arriving[slot.offer.mineral, slot.arrives] += slot.high
    for key, loans in loans_back(problem, orders).items():
        arriving[key] += sum(brings_back(j) * j.tonnes for j in loans)
    held: dict[tuple[str, str], float] = defaultdict(float, problem.stock)
    for order in problem.inbound:
        held[order.mineral, order.site] += order.tonnes
    puts: dict[tuple[str, str, int], tuple[float, float]] = {}
    stocks: dict[tuple[str, str, int], tuple[float, float]] = {}
    for i in (problem.minerals[name] for name in problem.minerals if name in orders.minerals):
        for s in problem.sites:
            most = held.get((i.name, s), 0.0)
            takes = [w for w in range(1, problem.weeks + 1) if _takes(problem.at(w), i.name, s, model)]
            if not takes and most == 0:
                continue
            for w in range(1, problem.weeks + 1):
                if s not in problem.at(w).sites:
                    continue
                if w in takes and arriving.get((i.name, w), 0.0) > 0:
                    puts[i.name, s, w] = (0, arriving[i.name, w])
                    most += arriving[i.name, w]
                stocks[i.name, s, w] = (0, most)
    m.put = pe.Var(list(puts), domain=pe.NonNegativeReals, bounds=puts)
    m.stock = pe.Var(list(stocks), domain=pe.NonNegativeReals, bounds=stocks)
    withdrawals = {j.name: j for j in problem.withdrawals.values() if j.mineral in orders.minerals}
    outs = [(j.name, s) for j in withdrawals.values() for s in problem.sites if (j.mineral, s, j.week) in stocks]
    m.out = pe.Var(outs, domain=pe.NonNegativeReals, bounds=lambda _m, j, _s: (0, withdrawals[j].tonnes))
    m.unmet = pe.Var(list(withdrawals), domain=pe.NonNegativeReals, bounds=lambda _m, j: (0, withdrawals[j].tonnes))


def _takes(then: Problem, mineral: str, site: str, model: Model) -> bool:
    """Whether a store takes a mineral, by what it accepts then."""
    store = then.sites.get(site)
    if store is None:
        return False
    return store.accepts is None or then.minerals[mineral].storage_class in store.accepts or not model.on("storage")


def _money(m: Any, problem: Problem, model: Model, slots: Iterable[OrderSlot]) -> None:
    least, most = cash_range(problem, slots)
    m.cash = pe.Var(range(1, problem.weeks + 1), domain=pe.Reals, bounds=(least, most))
    sources = problem.sources
    keys = [(f, w) for f in sources for w in range(1, problem.weeks + 1)] if model.on("funding") else []

    first = problem.money_returns_from

    def limits(_m: Any, f: str, w: int) -> tuple[float, float]:
        limit = sources[f].limit_usd
        if first is not None and w >= first:
            return 0.0, most  # what is paid back can be drawn again
        return 0.0, most if limit is None else min(most, max(0.0, limit - sources[f].drawn_usd))

    m.draw = pe.Var(keys, domain=pe.NonNegativeReals, bounds=limits)
    _returns(m, problem, keys, slots)


def _returns(m: Any, problem: Problem, draws: Iterable[tuple[str, int]], slots: Iterable[OrderSlot]) -> None:
    """What comes in, is paid back and lies idle: no more than what may have come in up to the week."""
    first = problem.money_returns_from
    come = most_receipts(problem, slots)
    to_date = dict(zip(come, accumulate(come.values()), strict=True))
    m.receipts = pe.Var(list(come), domain=pe.NonNegativeReals, bounds=lambda _m, w: (0.0, come[w]))
    back = [(f, w) for f, w in draws if first is not None and w >= first]
    m.repay = pe.Var(back, domain=pe.NonNegativeReals, bounds=lambda _m, _f, w: (0.0, to_date[w]))
    weeks = list(dict.fromkeys(w for _f, w in back))
    m.idle = pe.Var(weeks, domain=pe.NonNegativeReals, bounds=lambda _m, w: (0.0, to_date[w]))


def cash_range(problem: Problem, slots: Iterable[OrderSlot]) -> tuple[float, float]:
    """USD that no week's cash is below or above: every slot that pays, or costs, filled to its brim, with fees and dues."""
    least = most = 0.0
    for slot in slots:
        prices = [p.landed for p in slot.pieces]
        most += slot.offer.order_fee_usd + slot.high * max(0.0, *prices)
        if min(prices) < 0:
            least += sum(min(0.0, p.landed * p.high) for p in slot.pieces)
    fees = sum(h.engage_fee_usd for h in problem.houses.values())
    return least, most + fees + sum(o.due_usd for o in problem.inbound)
