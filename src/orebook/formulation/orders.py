"""The orders of a model as linear terms: what a slot adds to tonnes, to money and to the count of tickets.

Every row that speaks of orders is a sum over slots of these terms, so an order is priced in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pyomo.environ as pe

from orebook.formulation.slots import Slot


class Orders:
    """The slots of a problem, looked up by offer, mineral, house and arrival, and their terms once `bind` has variables.

    A sum over no terms is still an expression: it is 0, and rows can be made of it.
    """

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        self._m: Any = None
        self._tonnes: dict[tuple[str, int], list[Any]] = {}
        self._landed: dict[tuple[str, int], list[Any]] = {}

    def bind(self, m: Any) -> None:
        """Take the variables of a model; the terms are made once and shared by every row."""
        self._m = m
        for slot in self.slots:
            self._tonnes[slot.key], self._landed[slot.key] = self._terms(slot)

    def _terms(self, slot: Slot) -> tuple[list[Any], list[Any]]:
        m, lot = self._m, slot.offer.lot_t
        if lot is not None and not slot.incremental:
            lots = [(m.lots[*slot.key, p.tier], p.landed) for p in slot.pieces]
            return [lot * n for n, _ in lots], [lot * price * n for n, price in lots if price != 0]
        parts = [(m.tonnes[*slot.key, p.tier], p.landed) for p in slot.pieces]
        whole = [lot * m.lots[*slot.key, 0]] if lot is not None else [q for q, _ in parts]
        return whole, [price * q for q, price in parts if price != 0]

    def tonnes(self, slots: Iterable[Slot]) -> Any:
        """Tonnes ordered in these slots (t)."""
        return pe.quicksum([t for s in slots for t in self._tonnes[s.key]] or [self._m.nothing])

    def lots(self, slot: Slot) -> Any:
        """Lots ordered in a slot of an offer that has a lot size."""
        keys = [0] if slot.incremental else [p.tier for p in slot.pieces]
        return pe.quicksum(self._m.lots[*slot.key, k] for k in keys)

    def scaled_tonnes(self, slots: Iterable[tuple[Slot, float]]) -> Any:
        """Tonnes ordered in these slots, each times its weight."""
        return pe.quicksum((weight * t for s, weight in slots for t in self._tonnes[s.key]))

    def order_cash(self, slots: Iterable[Slot]) -> Any:
        """Order cash of these slots: landed * tonnes + order fee (USD)."""
        return pe.quicksum([t for s in slots for t in [*self._landed[s.key], *self._fee(s)]] or [self._m.nothing])

    def paid(self, slot: Slot, part: float, with_fee: bool) -> list[Any]:
        """The terms of a payment: a part (0..1) of the landed price, with or without the order fee (USD)."""
        landed = [part * t for t in self._landed[slot.key]] if part > 0 else []
        return landed + (self._fee(slot) if with_fee else [])

    def _fee(self, slot: Slot) -> list[Any]:
        fee = slot.offer.order_fee_usd
        return [fee * y for y in self.placed(slot)] if fee > 0 else []

    def placed(self, slot: Slot) -> list[Any]:
        """The binaries whose sum is 1 where the slot has a ticket and 0 where it has none."""
        if slot.incremental:
            return [self._m.order[*slot.key, slot.pieces[0].tier]]
        return [self._m.order[*slot.key, p.tier] for p in slot.pieces]

    @cached_property
    def by_mineral(self) -> dict[str, list[Slot]]:
        """mineral -> its slots."""
        return _group(self.slots, lambda s: s.offer.mineral)

    @cached_property
    def by_offer(self) -> dict[str, list[Slot]]:
        """offer -> its slots."""
        return _group(self.slots, lambda s: s.offer.name)

    @cached_property
    def by_house(self) -> dict[str, list[Slot]]:
        """house -> its slots."""
        return _group(self.slots, lambda s: s.offer.house)

    @cached_property
    def by_arrival(self) -> dict[tuple[str, int], list[Slot]]:
        """(mineral, week of arrival) -> the slots that arrive then."""
        return _group(self.slots, lambda s: (s.offer.mineral, s.arrives))


def _group(slots: Iterable[Slot], key: Any) -> dict[Any, list[Slot]]:
    groups: dict[Any, list[Slot]] = defaultdict(list)
    for slot in slots:
        groups[key(slot)].append(slot)
    return groups
