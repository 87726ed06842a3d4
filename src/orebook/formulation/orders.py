"""The orders of a model as linear terms: what a slot adds to tonnes, to money and to the count of tickets.

Every row that speaks of orders is a sum over slots of these terms, so an order is priced in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyomo.core.expr import LinearExpression

from orebook.formulation.slots import OrderSlot


@dataclass(frozen=True, slots=True)
class _Terms:
    """A slot's pieces, binaries (one is 1 where it has a ticket) and lots, and its terms in t and in USD without the fee."""

    pieces: list[tuple[Any, Any, Any]]
    placed: list[Any]
    lots: list[Any]
    tonnes: list[Any]
    landed: list[Any]


class Orders:
    """The slots of the minerals that are modelled, by offer, mineral, house and arrival; their terms once `bind` has variables.
    `every` has those of all minerals; `keys` has (offer, week, tier) of each piece of each slot.

    A sum over no terms is still an expression: it is 0, and rows can be made of it.
    """

    def __init__(self, slots: Iterable[OrderSlot], minerals: Iterable[str]) -> None:
        self.minerals = frozenset(minerals)
        self.every = tuple(slots)
        self.slots = tuple(s for s in self.every if s.offer.mineral in self.minerals)
        self.keys = [[(*s.key, p.tier) for p in s.pieces] for s in self.slots]
        self._terms: dict[tuple[str, int], _Terms] = {}
        self._nothing: Any = None

    def bind(self, m: Any) -> None:
        """Take the variables of a model; the terms are made once and shared by every row."""
        self._nothing = m.nothing
        lots, tonnes, order = dict(m.lots.items()), dict(m.tonnes.items()), dict(m.order.items())
        for slot, keys in zip(self.slots, self.keys, strict=True):
            lot = slot.offer.lot_t
            if slot.in_lots:
                sizes = counts = [lots[k] for k in keys]
                amounts = [lot * n for n in sizes]
            else:
                sizes = amounts = [tonnes[k] for k in keys]
                counts = [] if lot is None else [lots[*slot.key, 0]]
            binaries = [order[k] for k in keys]
            self._terms[slot.key] = _Terms(
                pieces=list(zip(keys, sizes, binaries, strict=True)),
                placed=binaries[:1] if slot.incremental else binaries,
                lots=counts,
                tonnes=amounts if slot.in_lots or lot is None else [lot * n for n in counts],
                landed=[p.landed * t for p, t in zip(slot.pieces, amounts, strict=True) if p.landed != 0],
            )

    def tonnes(self, slots: Iterable[OrderSlot]) -> Any:
        """Tonnes ordered in these slots (t)."""
        return LinearExpression([t for s in slots for t in self._terms[s.key].tonnes] or [self._nothing])

    def lots(self, slot: OrderSlot) -> Any:
        """Lots ordered in a slot of an offer that has a lot size."""
        return sum(self._terms[slot.key].lots)

    def scaled_tonnes(self, slots: Iterable[tuple[OrderSlot, float]]) -> Any:
        """Tonnes ordered in these slots, each times its weight."""
        return LinearExpression([weight * t for s, weight in slots for t in self._terms[s.key].tonnes])

    def scaled_cash(self, slots: Iterable[tuple[OrderSlot, float]]) -> Any:
        """Order cash of these slots, each times its weight (USD)."""
        terms = [weight * t for s, weight in slots for t in self.paid(s, 1.0, with_fee=True)]
        return LinearExpression(terms or [self._nothing])

    def order_cash(self, slots: Iterable[OrderSlot]) -> Any:
        """Order cash of these slots: landed * tonnes + order fee (USD)."""
        terms = [t for s in slots for t in self.paid(s, 1.0, with_fee=True)]
        return LinearExpression(terms or [self._nothing])

    def paid(self, slot: OrderSlot, part: float, with_fee: bool) -> list[Any]:
        """The terms of a payment: a part (0..1) of the landed price, with or without the order fee (USD)."""
        terms, fee = self._terms[slot.key], slot.offer.order_fee_usd
        landed = terms.landed if part == 1 else [part * t for t in terms.landed] if part > 0 else []
        return [*landed, *(fee * y for y in terms.placed)] if with_fee and fee > 0 else landed

    def pieces(self, slot: OrderSlot) -> list[tuple[Any, Any, Any]]:
        """(offer, week, tier), the lots or else the tonnes, and the binary of each piece of a slot."""
        return self._terms[slot.key].pieces

    def placed(self, slot: OrderSlot) -> list[Any]:
        """The binaries whose sum is 1 where the slot has a ticket and 0 where it has none."""
        return self._terms[slot.key].placed

    @cached_property
    def by_mineral(self) -> dict[str, list[OrderSlot]]:
        """mineral -> its slots."""
        return _group(self.slots, lambda s: s.offer.mineral)

    @cached_property
    def by_offer(self) -> dict[str, list[OrderSlot]]:
        """offer -> its slots."""
        return _group(self.slots, lambda s: s.offer.name)

    @cached_property
    def by_house(self) -> dict[str, list[OrderSlot]]:
        """house -> its slots."""
        return _group(self.slots, lambda s: s.offer.house)

    @cached_property
    def by_arrival(self) -> dict[tuple[str, int], list[OrderSlot]]:
        """(mineral, week of arrival) -> the slots that arrive then."""
        return _group(self.slots, lambda s: (s.offer.mineral, s.arrives))


def _group(slots: Iterable[OrderSlot], key: Any) -> dict[Any, list[OrderSlot]]:
    groups: dict[Any, list[OrderSlot]] = defaultdict(list)
    for slot in slots:
        groups[key(slot)].append(slot)
    return groups
