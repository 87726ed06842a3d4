"""Shares and splits that frozen tickets alone break: they stand, and nothing more is ordered against them.

    stands[row] in {0,1}            the row is excused for what frozen tickets come to
    stands_order[row,o,w]           order placed <= 1 - stands[row]      of tickets that are not frozen and count against it

A row that they miss by rounding alone (a millionth) is loosened by that and needs none of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.core as pe
from pyomo.core.expr import LinearExpression

from orebook.exact import exact
from orebook.formulation.orders import Orders
from orebook.formulation.slots import AMOUNT_PADDING_REL, OrderSlot
from orebook.formulation.standing_orders import frozen_cash, frozen_slots, frozen_tonnes
from orebook.problem import Problem, Share

Key = tuple[str, str, str, str]
"""`max`, `min` or `split`, and the mineral, by and name of the share; blanks where a split has none."""


@dataclass(frozen=True)
class ShareRow:
    """One bound on a share: (1 - part) * amounts inside - part * amounts outside, <= 0 for `max`, >= 0 for `min`.

    `excess` is what frozen tickets alone come to beyond 0, with its sign, where that is more than rounding, else `hair` is.
    """

    key: Key
    part: float
    inside: Sequence[OrderSlot]
    outside: Sequence[OrderSlot]
    excess: float
    hair: float

    @property
    def in_cash(self) -> bool:
        """Whether the share is of all order cash."""
        return self.key[1] == "*"

    @property
    def against(self) -> Sequence[OrderSlot]:
        """The slots whose tickets count against the bound."""
        return self.inside if self.key[0] == "max" else self.outside


def share_rows(problem: Problem, orders: Orders) -> list[ShareRow]:
    """Every bound on a share that something could break, of the minerals that are modelled.

    With goods that cost less than nothing all order cash may be below 0; then who sells nothing has more than a part of it."""
    rows = []
    for share in problem.shares:
        of_all = share.mineral == "*"
        mine = orders.slots if of_all else orders.by_mineral.get(share.mineral, [])
        every = orders.every if of_all and orders.slots else mine
        inside, outside = _split(problem, mine, share)
        any_inside, any_outside = _split(problem, every, share)
        amount = frozen_cash if of_all else frozen_tonnes
        for side, part, there in (
            ("max", share.max_share, any_inside or (of_all and paid_back(any_outside))),
            ("min", share.min_share, any_outside or (of_all and paid_back(any_inside))),
        ):
            if part is None or not there or (part >= 1 if side == "max" else part <= 0):
                continue
            over = (1 - part) * amount(any_inside) - part * amount(any_outside)
            over = max(0.0, over) if side == "max" else min(0.0, over)
            rounding = abs(over) <= AMOUNT_PADDING_REL * part * (amount(any_inside) + amount(any_outside))
            key = (side, share.mineral, share.by, share.name)
            rows.append(ShareRow(key, part, inside, outside, 0.0 if rounding else over, over if rounding else 0.0))
    return rows


def paid_back(slots: Iterable[OrderSlot]) -> bool:
    """Whether some order is of goods that cost less than nothing."""
    return any(piece.landed < 0 for slot in slots for piece in slot.pieces)


def fair_houses(problem: Problem, mineral: str, slots: Iterable[OrderSlot]) -> int | None:
    """How many houses have their part of the frozen tickets of a mineral; None where none is frozen."""
    by_house: dict[str, Any] = {}
    for slot in frozen_slots(slots):
        by_house[slot.offer.house] = by_house.get(slot.offer.house, 0) + exact(slot.frozen_t or 0.0)
    part = exact(problem.minerals[mineral].split_min_share) * sum(by_house.values())
    return sum(tonnes >= part for tonnes in by_house.values()) if by_house else None


def add(m: Any, problem: Problem, orders: Orders, *, shares: bool, split: bool) -> None:
    """Add `stands` and what it asks, for the rows of the rules that are on."""
    against: dict[Key, list[OrderSlot]] = {}
    for row in share_rows(problem, orders) if shares else []:
        if row.excess != 0:
            against[row.key] = [s for s in row.against if s.frozen_t is None]
    for mineral, slots in orders.by_mineral.items() if split else []:
        least, fair = problem.minerals[mineral].min_houses, fair_houses(problem, mineral, slots)
        if least and fair is not None and fair < least:
            against["split", mineral, "", ""] = [s for s in slots if s.frozen_t is None]
    m.stands = pe.Var(list(against), domain=pe.Binary)
    rows = {
        (*key, *slot.key): LinearExpression([*orders.placed(slot), m.stands[key]]) <= 1
        for key, slots in against.items()
        for slot in slots
    }
    m.stands_order = pe.Constraint(list(rows), rule=lambda _m, *key: rows[key])


def _split(problem: Problem, slots: Sequence[OrderSlot], share: Share) -> tuple[list[OrderSlot], list[OrderSlot]]:
    """The slots that the share speaks of: those of its name, and the others."""
    name_of: dict[str, Callable[[OrderSlot], str | None]] = {
        "house": lambda s: s.offer.house,
        "origin": lambda s: s.offer.origin,
        "group": lambda s: problem.terms(s.week).group_of(s.offer),
    }
    of = name_of[share.by]
    return [s for s in slots if of(s) == share.name], [s for s in slots if of(s) != share.name]
