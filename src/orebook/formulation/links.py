"""What an order is: whole lots, at one tier (`all_units`) or tier after tier (`incremental`), and who it engages.

    order_once[o,w]       sum over k of order[o,w,k] <= 1                                     several tiers, all_units
    order_max[o,w,k]      tonnes (or lots) at tier k <= high * order[o,w,k]
    order_min[o,w,k]      tonnes (or lots) at tier k >= low * order[o,w,k]                    where low > 0
    order_fill[o,w,k]     tonnes at tier k-1 >= its width * order[o,w,k]                      incremental
    order_lots[o,w]       sum over k of tonnes[o,w,k] = lot_t * lots[o,w,0]                   incremental, with lots
    order_least[o,w]      sum over k of tonnes[o,w,k] >= low * order[o,w,first]               incremental
    house_engaged[o,w]    order placed <= engaged[h(o)]                                       one by one: tighter than sums

`low` and `high` are the slot's (`slots.py`), so that no number here is larger than some order can be.
Multiple-choice and incremental forms: Croxton, Gendron, Magnanti, Management Science 49 (2003) 1268-1273.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows that make a slot's variables an order."""
    _sizes(m, orders)
    _fillings(m, [s for s in orders.slots if s.incremental])
    several = {s.key: sum(orders.placed(s)) <= 1 for s in orders.slots if not s.incremental and len(s.pieces) > 1}
    engaged = dict(m.engaged.items())
    engaging = {
        s.key: sum(orders.placed(s)) - engaged[s.offer.house] <= 0 for s in orders.slots if s.offer.house in engaged
    }
    m.order_once = _rows(several)
    m.house_engaged = _rows(engaging)


def _sizes(m: Any, orders: Orders) -> None:
    """At each tier the order is between its least and its most; in lots where it is whole lots at one tier."""
    lots, tonnes, order = dict(m.lots.items()), dict(m.tonnes.items()), dict(m.order.items())
    largest, smallest = {}, {}
    for slot in orders.slots:
        for piece in slot.pieces:
            key = (*slot.key, piece.tier)
            if key in tonnes:
                amount, low, high = tonnes[key], piece.low, piece.high
            else:
                amount, low, high = lots[key], piece.low_lots, piece.high_lots
            largest[key] = None, amount - high * order[key], 0
            if low > 0:
                smallest[key] = 0, amount - low * order[key], None
    m.order_max = _rows(largest)
    m.order_min = _rows(smallest)


def _fillings(m: Any, slots: list[Slot]) -> None:
    """A tier is reached once those below it are full; all tiers together are whole lots, and the least order."""
    fill, whole, least = {}, {}, {}
    for slot in slots:
        o, w = slot.key
        total = pe.quicksum(m.tonnes[o, w, p.tier] for p in slot.pieces)
        placed = m.order[o, w, slot.pieces[0].tier]
        for before, piece in pairwise(slot.pieces):
            fill[o, w, piece.tier] = m.tonnes[o, w, before.tier] - before.high * m.order[o, w, piece.tier] >= 0
        if slot.offer.lot_t is not None:
            whole[o, w] = total - slot.offer.lot_t * m.lots[o, w, 0] == 0
            least[o, w] = m.lots[o, w, 0] - slot.lot_range()[0] * placed >= 0
        elif slot.low > 0:
            least[o, w] = total - slot.low * placed >= 0
    m.order_fill = _rows(fill)
    m.order_lots = _rows(whole)
    m.order_least = _rows(least)


def _rows(by_key: dict[Any, Any]) -> Any:
    """A row each; its key is known to be one of them, where Pyomo would look up each that a dictionary gives it."""
    return pe.Constraint(list(by_key), rule=lambda _m, *key: by_key[key])
