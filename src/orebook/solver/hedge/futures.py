"""The worlds that a plan is hedged against, and which decisions they share.

Futures s and t are told apart from week min(k[s], k[t]) on, so a decision of week w is the same in all futures with k > w.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from orebook.errors import InputError
from orebook.exact import Fraction, exact
from orebook.findings import Finding
from orebook.formulation.slots import OrderSlot, slots_of
from orebook.problem import Future, Problem
from orebook.reading.text import fault
from orebook.schema.model import Model
from orebook.world import futures_of, world_in

Key = tuple[str, Any]
"""Component and index of a variable."""

_PLACE_OF_WEEK = {
    "order": 1, "lots": 1, "tonnes": 1, "kept": 1, "put": 2, "stock": 2, "draw": 1, "repay": 1, "short": 1, "crit": 1,
    "sell": 2, "sale": 1, "sale_lots": 1, "convert": 2, "conversion_lots": 1, "waste": 1, "own": 1, "by": 2,
}  # fmt: skip
"""Where the week stands in the index of a variable of a week."""
_BY_WEEK = frozenset({"cash", "receipts", "idle"})
"""Variables whose index is the week."""
_ONCE = frozenset({"engaged"})
"""Variables that are decided once for all futures."""


@dataclass(frozen=True)
class KnownFuture:
    """A future, the problem as it is in it, and its probability as it was meant."""

    future: Future
    world: Problem
    probability: Fraction

    @property
    def known_week(self) -> int:
        """The first week at whose start it is known."""
        return self.future.known_week

    def shares(self, key: Key) -> bool:
        """Whether a variable is the same in every future that is not known yet in its week."""
        week = self._week(key)
        return week is not None and week < self.known_week

    def _week(self, key: Key) -> int | None:
        """The week of a decision, or of what follows from decisions up to it; None where it is of the whole plan."""
        name, index = key
        if name in _ONCE:
            return 0
        if name in _BY_WEEK:
            return int(index)
        if name in _PLACE_OF_WEEK:
            return int(index[_PLACE_OF_WEEK[name]])
        if name in ("out", "unmet"):
            return self.world.withdrawals[index[0] if name == "out" else index].week
        return None


def known_futures(problem: Problem) -> tuple[KnownFuture, ...]:
    """Every future of a problem with its world; the problem alone where it lists none.

    Raises InputError for its changes, and for one that brings a house with a fee: who is engaged is decided in week 1.
    """
    known = tuple(KnownFuture(f, world_in(problem, f), exact(f.probability)) for f in futures_of(problem))
    if found := [finding for future in known for finding in _new_fees(problem, future)]:
        raise InputError(found)
    return known


def _new_fees(problem: Problem, future: KnownFuture) -> Iterator[Finding]:
    for house in future.world.houses.values():
        if house.name not in problem.houses and house.engage_fee_usd > 0 and not house.engaged:
            fee = f"whom it costs {house.engage_fee_usd:,.0f} USD to engage, paid in week 1 in every future"
            says = f"future {future.future.name} brings house {house.name}, {fee}; list the house in houses.csv"
            yield fault("future_changes.csv", None, "new_fee", says)


def now_weeks(futures: tuple[KnownFuture, ...]) -> int:
    """How many weeks are now: those before the first in which any future is known, at most the plan's."""
    return min(f.known_week for f in futures) - 1


def slots_by_future(futures: tuple[KnownFuture, ...], model: Model) -> list[tuple[OrderSlot, ...]]:
    """The slots of each future; one that futures share is of the same size in all: the largest that any of them may want.

    Or, in the weeks that are now, that the instance's own plan may: it is held against the hedged one.
    """
    alone = [slots_of(f.world, model, model)[0] for f in futures]
    own = slots_of(futures[0].world.at(1), model, model)[0]
    largest: dict[Hashable, OrderSlot] = {}
    for known, slots in [(now_weeks(futures) + 1, own), *zip((f.known_week for f in futures), alone, strict=True)]:
        for slot in slots:
            if slot.week < known and (slot.key not in largest or largest[slot.key].high < slot.high):
                largest[slot.key] = slot
    found = []
    for future, slots in zip(futures, alone, strict=True):
        later: dict[tuple[str, int], OrderSlot] = {s.key: s for s in slots if s.week >= future.known_week}
        shared = {
            key: replace(slot, arrives=future.world.arrives(slot.offer, slot.week))
            for key, slot in largest.items()
            if slot.week < future.known_week
        }
        every = [*later.values(), *shared.values()]
        found.append(tuple(sorted(every, key=lambda slot: slot.key)))
    return found
