"""Tickets without tonnes: a plan has none, so one that breaks a share of tonnes with its first gram has no place in a point.

    share_ticket[side,i,by,name,o,w]   order placed <= sum over the tickets of i on the other side of the share

The rows of `shares` alone let an order be placed, pay its fee and have no tonnes: the fee counts in shares of money, and no
tonnes are no part of any mineral. Of a plan every ticket has a gram at least, and somebody else then has a ticket too: under
`max` (of less than 1) whoever is not named, under `min` (of more than 0) whoever is. Only orders that may be as small as they
like, and whose ticket may be worth its fee, have such rows (`bare`); they go wherever the row of their share goes.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe
from pyomo.core.expr import LinearExpression

from orebook.formulation.orders import Orders
from orebook.formulation.slots import OrderSlot
from orebook.formulation.standing_shares import ShareRow, share_rows
from orebook.problem import Problem

NAME = "share_ticket"


def bare(problem: Problem, slot: OrderSlot) -> bool:
    """Whether an order could be placed for its ticket alone, without tonnes.

    Its fee, or that of its house, may be worth paying where somebody has a share of all money; the ticket itself where a
    mineral is to have several houses, and no share of it is asked of them.
    """
    if slot.frozen_t is not None or slot.offer.lot_t is not None or slot.low > 0:
        return False
    mineral, house = problem.minerals[slot.offer.mineral], problem.houses[slot.offer.house]
    if mineral.min_houses and mineral.split_min_share == 0:
        return True
    fee = slot.offer.order_fee_usd > 0 or (house.engage_fee_usd > 0 and not house.engaged)
    of_money = any(s.mineral == "*" for s in problem.shares)
    return fee and (of_money or any(s.max_share is not None for s in problem.sources.values()))


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every bare order and bound on a share of tonnes that its first gram would count against."""
    rows: dict[tuple[Any, ...], Any] = {}
    for row in share_rows(problem, orders):
        others = () if row.in_cash else _others(row)
        if row.in_cash or any(s.frozen_t is not None for s in others):
            continue
        for slot in row.against:
            if bare(problem, slot):
                tickets = [-1 * y for s in others for y in orders.placed(s)]
                rows[*row.key, *slot.key] = LinearExpression([*orders.placed(slot), *tickets]) <= 0
    m.share_ticket = pe.Constraint(list(rows), rule=lambda _m, *key: rows[key])


def share_of(component: str, index: Any) -> tuple[str, Any] | None:
    """Component and index of the row on a share that a row goes with; None for rows that go with none."""
    return (f"share_{index[0]}", index[1:4]) if component == NAME else None


def _others(row: ShareRow) -> tuple[OrderSlot, ...]:
    """Whose tickets let one that counts against the bound be; nobody's where the bound leaves it nothing."""
    if row.key[0] == "max":
        return tuple(row.outside) if row.part > 0 else ()
    return tuple(row.inside) if row.part < 1 else ()
