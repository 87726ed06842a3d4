"""What an order is: whole lots, at one tier (`all_units`) or tier after tier (`incremental`), and who it engages.

    order_once[o,w]       sum over k of order[o,w,k] <= 1                                     several tiers, all_units
    order_max[o,w,k]      tonnes (or lots) at tier k <= high * order[o,w,k]
    order_min[o,w,k]      tonnes (or lots) at tier k >= low * order[o,w,k]                    where low > 0
    order_fill[o,w,k]     tonnes at tier k-1 >= its width * order[o,w,k]                      incremental
    order_lots[o,w]       sum over k of tonnes[o,w,k] = lot_t * lots[o,w,0]                   incremental, with lots
    order_least[o,w]      sum over k of tonnes[o,w,k] >= low * order[o,w,first]               incremental
    house_engaged[o,w]    order placed <= engaged[h(o)]                                       one by one: tighter than sums
    engaged_ticket[h]     engaged[h] <= sum over o of h, w of order placed      where goods may cost less than nothing, or
                                                                           draws that nobody needs help shares of sources

`low` and `high` are the slot's (`slots.py`), so that no number here is larger than some order can be.
Multiple-choice and incremental forms: Croxton, Gendron, Magnanti, Management Science 49 (2003) 1268-1273.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation.orders import Orders
from orebook.formulation.slots import OrderSlot
from orebook.formulation.standing_shares import paid_back
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows that make a slot's variables an order."""
    _sizes(m, orders)
    _fillings(m, orders, [s for s in orders.slots if s.incremental])
    several = {
        s.key: LinearExpression([*orders.placed(s)]) <= 1
        for s in orders.slots
        if not s.incremental and len(s.pieces) > 1
    }
    engaged = {h: -1 * z for h, z in m.engaged.items()}
    engaging = {
        s.key: LinearExpression([*orders.placed(s), engaged[s.offer.house]]) <= 0
        for s in orders.slots
        if s.offer.house in engaged
    }
    tickets: dict[str, list[Any]] = {}
    for s in orders.slots:
        tickets.setdefault(s.offer.house, []).extend(orders.placed(s))
    m.order_once = _rows(several)
    m.house_engaged = _rows(engaging)
    m.engaged_ticket = pe.Constraint(
        list(m.engaged) if paid_back(orders.every) or _early_draws_help(problem) else [],
        rule=lambda m, h: LinearExpression([m.engaged[h], *(-1 * y for y in tickets.get(h, ()))]) <= 0,
    )


def _early_draws_help(problem: Problem) -> bool:
    """Whether a draw that nobody needs may leave others a larger share of all draws: where what is drawn already counts in
    it, or where a draw in a later week could not do as well."""
    sources = problem.sources.values()
    uneven = any(s.drawn_usd > 0 or s.to_week is not None for s in sources)
    return (uneven or problem.money_returns_from is not None) and any(s.max_share is not None for s in sources)


def _sizes(m: Any, orders: Orders) -> None:
    """At each tier the order is between its least and its most; in lots where it is whole lots at one tier."""
    largest, smallest = {}, {}
    for slot in orders.slots:
        in_lots = slot.in_lots
        for piece, (key, size, order) in zip(slot.pieces, orders.pieces(slot), strict=True):
            low, high = (piece.low_lots, piece.high_lots) if in_lots else (piece.low, piece.high)
            largest[key] = LinearExpression([size, -high * order]) <= 0
            if low > 0:
                smallest[key] = LinearExpression([size, -low * order]) >= 0
    m.order_max = _rows(largest, m.order.index_set())
    m.order_min = _rows(smallest, m.order.index_set())


def _fillings(m: Any, orders: Orders, slots: list[OrderSlot]) -> None:
    """A tier is reached once those below it are full; all tiers together are whole lots, and the least order."""
    fill, whole, least = {}, {}, {}
    for slot in slots:
        pieces = orders.pieces(slot)
        inside, placed = [tonnes for _, tonnes, _ in pieces], pieces[0][2]
        for before, full, (key, _, reached) in zip(slot.pieces, inside, pieces[1:], strict=False):
            fill[key] = LinearExpression([full, -before.high * reached]) >= 0
        if slot.offer.lot_t is not None:
            all_lots = m.lots[*slot.key, 0]
            whole[slot.key] = LinearExpression([*inside, -slot.offer.lot_t * all_lots]) == 0
            least[slot.key] = LinearExpression([all_lots, -slot.lot_range()[0] * placed]) >= 0
        elif slot.low > 0:
            least[slot.key] = LinearExpression([*inside, -slot.low * placed]) >= 0
    m.order_fill = _rows(fill)
    m.order_lots = _rows(whole)
    m.order_least = _rows(least)


def _rows(by_key: dict[Any, Any], among: Any = None) -> Any:
    """A row each; its key is known to be one of them, where Pyomo would look up each that a dictionary gives it.

    `among` is a set that is there already and has the keys among others.
    """
    keys = list(by_key) if among is None else among
    return pe.Constraint(keys, rule=lambda _m, *key: by_key.get(key, pe.Constraint.Skip))
