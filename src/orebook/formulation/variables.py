"""The decisions: one Pyomo variable for each symbol of the contract, bounded from the data.

lots[o,w,k]   integer   n: lots at tier k (under `incremental`: of the whole order, k = 0)
tonnes[o,w,k] t         q: where the offer has no lots, or the part of an incremental order inside tier k
order[o,w,k]  0 or 1    y: an order is placed at tier k (incremental: reaches into it)
engaged[h]    0 or 1    z, where a fee or a limit makes engagement matter
cash[w], draw[f,w]      USD
receipts[w], repay[f,w], idle[w]   USD, from the first week in which money may come in

Those of goods are in `stock_variables.py` and `leaving.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import pyomo.core as pe

from orebook.formulation import leaving, stock_variables
from orebook.formulation.loans import brings_back
from orebook.formulation.orders import Orders
from orebook.formulation.receipts import most_receipts
from orebook.formulation.slots import OrderSlot
from orebook.problem import Problem
from orebook.schema.model import Model


def add(m: Any, problem: Problem, model: Model, orders: Orders, slots: Iterable[OrderSlot]) -> None:
    """Declare every variable that more than one part of the model speaks of; `slots` are those of all minerals."""
    _orders(m, orders)
    _engagement(m, problem, model)
    stock_variables.add(m, problem, model, orders)
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


def _money(m: Any, problem: Problem, model: Model, slots: Iterable[OrderSlot]) -> None:
    least, most = cash_range(problem, slots)
    most += fees_at_most(problem, model, slots)
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


def fees_at_most(problem: Problem, model: Model, slots: Iterable[OrderSlot]) -> float:
    """USD that selling and converting all that can be in a week would cost in fees; of all minerals, whichever are modelled."""
    there: dict[str, float] = defaultdict(float)
    for (mineral, _), tonnes in problem.stock.items():
        there[mineral] += tonnes
    for order in problem.inbound:
        there[order.mineral] += order.tonnes
    for slot in slots:
        there[slot.offer.mineral] += slot.high
    for j in problem.withdrawals.values():
        there[j.mineral] += j.tonnes * brings_back(j) if j.kind == "loan" else 0.0
    sales = sum(bid.fee_usd for bid, _ in leaving.open_bids(problem, model))
    conversions = list(leaving.open_conversions(problem, model))
    fees = 0.0
    for mineral in leaving.conversion_order(problem):
        for c, _ in conversions:
            if c.source == mineral:
                most = there[mineral] if c.capacity_t_per_week is None else min(there[mineral], c.capacity_t_per_week)
                fees += c.fee_usd_per_t * most
                there[c.into] += c.yield_t * most
    return sales + fees
