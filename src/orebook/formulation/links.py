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

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows that make a slot's variables an order."""
    slots = {s.key: s for s in orders.slots}
    whole = {(*s.key, p.tier): (s, p) for s in orders.slots if not s.incremental for p in s.pieces}
    parts = {(*s.key, p.tier): (s, p) for s in orders.slots if s.incremental for p in s.pieces}
    filled = {k: s.incremental for k, s in slots.items()}
    in_tiers = [k for k in slots if filled[k]]
    whole_and_parts = whole | parts

    def largest(m: Any, o: str, w: int, k: int) -> Any:
        slot, piece = whole_and_parts[o, w, k]
        if slot.offer.lot_t is not None and not slot.incremental:
            return m.lots[o, w, k] - piece.high_lots * m.order[o, w, k] <= 0
        return m.tonnes[o, w, k] - piece.high * m.order[o, w, k] <= 0

    def smallest(m: Any, o: str, w: int, k: int) -> Any:
        slot, piece = whole[o, w, k]
        if slot.offer.lot_t is not None:
            return m.lots[o, w, k] - piece.low_lots * m.order[o, w, k] >= 0
        return m.tonnes[o, w, k] - piece.low * m.order[o, w, k] >= 0

    def fill(m: Any, o: str, w: int, k: int) -> Any:
        before = slots[o, w].pieces[k - 1]
        return m.tonnes[o, w, k - 1] - before.high * m.order[o, w, k] >= 0

    def whole_lots(m: Any, o: str, w: int) -> Any:
        slot = slots[o, w]
        return pe.quicksum(m.tonnes[o, w, p.tier] for p in slot.pieces) - slot.offer.lot_t * m.lots[o, w, 0] == 0

    def least(m: Any, o: str, w: int) -> Any:
        slot = slots[o, w]
        placed = m.order[o, w, slot.pieces[0].tier]
        if slot.offer.lot_t is not None:
            return m.lots[o, w, 0] - slot.lot_range()[0] * placed >= 0
        return pe.quicksum(m.tonnes[o, w, p.tier] for p in slot.pieces) - slot.low * placed >= 0

    several = [k for k, s in slots.items() if not filled[k] and len(s.pieces) > 1]
    m.order_once = pe.Constraint(several, rule=lambda m, o, w: pe.quicksum(orders.placed(slots[o, w])) <= 1)
    m.order_max = pe.Constraint(list(whole_and_parts), rule=largest)
    m.order_min = pe.Constraint([k for k, (s, p) in whole.items() if p.low > 0], rule=smallest)
    m.order_fill = pe.Constraint([k for k, (s, p) in parts.items() if p.tier > s.pieces[0].tier], rule=fill)
    m.order_lots = pe.Constraint([k for k in in_tiers if slots[k].offer.lot_t is not None], rule=whole_lots)
    m.order_least = pe.Constraint([k for k in in_tiers if _has_least(slots[k])], rule=least)
    m.house_engaged = pe.Constraint(
        [k for k, s in slots.items() if s.offer.house in m.engaged],
        rule=lambda m, o, w: pe.quicksum(orders.placed(slots[o, w])) - m.engaged[slots[o, w].offer.house] <= 0,
    )


def _has_least(slot: Slot) -> bool:
    return slot.offer.lot_t is not None or slot.low > 0
