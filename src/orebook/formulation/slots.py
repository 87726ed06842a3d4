"""The orders that some plan could place: a slot is an offer in a week with the tiers it can be priced at.

What no plan can use is left out here, before the model is built, and counted by reason.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from orebook.exact import exact
from orebook.formulation.bounds import Bounds
from orebook.formulation.prices import PriceBook
from orebook.problem import Offer, Problem, Tier
from orebook.schema.model import Model


@dataclass(frozen=True, slots=True)
class Piece:
    """A tier of a slot. `low` to `high` in tonnes: of the whole order under `all_units`, of the part inside the tier
    under `incremental` (then `low` is 0); `low_lots`, `high_lots` the same in lots, where the offer has a lot size."""

    tier: int
    from_t: float
    low: float
    high: float
    low_lots: int
    high_lots: int
    landed: float


@dataclass(frozen=True, slots=True)
class Slot:
    """An offer in a week. `frozen_t` is the prior plan's tonnes where the prior plan stands, else None; `low` is the
    least order in tonnes."""

    offer: Offer
    week: int
    arrives: int
    pieces: tuple[Piece, ...]
    frozen_t: float | None = None
    low: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        """(offer, week)."""
        return self.offer.name, self.week

    @property
    def incremental(self) -> bool:
        """Whether the pieces are filled one after the other."""
        return self.offer.discount == "incremental" and len(self.pieces) > 1

    @property
    def high(self) -> float:
        """The most tonnes of the order."""
        if not self.incremental:
            return max(p.high for p in self.pieces)
        return self.pieces[-1].from_t + self.pieces[-1].high

    def lot_range(self) -> tuple[int, int]:
        """The least and most lots of an order whose pieces are filled one after the other."""
        assert self.offer.lot_t is not None
        return lots(self.low, self.high, self.offer.lot_t)


def slots_of(problem: Problem, model: Model, bounds_from: Model) -> tuple[tuple[Slot, ...], Counter[str]]:
    """Every slot, sorted by offer and week, and how many (offer, week) were left out for which reason."""
    book, bounds = PriceBook(problem), Bounds(problem, bounds_from)
    slots: list[Slot] = []
    left_out: Counter[str] = Counter()
    for offer in problem.offers.values():
        for week in range(1, problem.weeks + 1):
            if model.on("frozen") and problem.frozen(week):
                tonnes = problem.prior.get((offer.name, week))
                if tonnes is None:
                    left_out["frozen"] += 1
                else:
                    slots.append(_frozen_slot(problem, book, offer, week, tonnes))
                continue
            reason = _barred(problem, model, offer, week)
            slot = None if reason else _slot(problem, model, book, bounds, offer, week)
            if slot is None:
                left_out[reason or "quantity"] += 1
            else:
                slots.append(slot)
    return tuple(slots), left_out


def _barred(problem: Problem, model: Model, offer: Offer, week: int) -> str | None:
    """The rule that bars an order whatever its size; None where none does."""
    arrives = problem.arrives(offer, week)
    if model.on("offers"):
        if not offer.from_week <= week <= offer.to_week:
            return "window"
        if arrives > problem.weeks:
            return "arrival"
    if model.on("eligibility"):
        return _ineligible(problem, offer, arrives)
    return None


def _ineligible(problem: Problem, offer: Offer, arrives: int) -> str | None:
    origin = problem.origins.get(offer.origin) if offer.origin else None
    if origin and (origin.barred or (origin.barred_from_week is not None and arrives >= origin.barred_from_week)):
        return "origin"
    content = problem.max_restricted_content_pct
    if content is not None and offer.restricted_content_pct > content and not offer.licensed:
        return "content"
    if problem.min_esg_score is not None and offer.esg_score is not None and offer.esg_score < problem.min_esg_score:
        return "esg"
    return None


def _slot(problem: Problem, model: Model, book: PriceBook, bounds: Bounds, offer: Offer, week: int) -> Slot | None:
    arrives = problem.arrives(offer, week)
    landed = [book.landed(offer, week, tier) for tier in offer.tiers]
    cheapest = min(x.total for x in landed)
    most = bounds.week_t(offer, arrives, cheapest)
    least = offer.min_order_t if model.on("offers") else 0.0
    incremental = offer.discount == "incremental" and len(offer.tiers) > 1
    pieces = []
    for k, (tier, price) in enumerate(zip(offer.tiers, landed, strict=True)):
        if not price.usable:
            if incremental:
                break
            continue
        piece = _piece(offer, k, tier, price.total, least, most, incremental)
        if piece is not None:
            pieces.append(piece)
    if incremental and len(pieces) == 1:
        only = pieces.pop()
        whole = _piece(offer, only.tier, offer.tiers[only.tier], only.landed, least, most, False)
        pieces += [whole] if whole is not None else []
    if not pieces:
        return None
    slot = Slot(offer, week, arrives, tuple(pieces), low=least)
    return slot if _can_reach(slot) else None


def _piece(
    offer: Offer, k: int, tier: Tier, landed: float, least: float, most: float, incremental: bool
) -> Piece | None:
    end = math.inf if tier.to_t is None else tier.to_t
    high = min(end, most)
    if incremental:
        width = high - tier.from_t
        return Piece(k, tier.from_t, 0.0, width, 0, 0, landed) if width > 0 else None
    low = max(tier.from_t, least)
    if offer.lot_t is None:
        return Piece(k, tier.from_t, low, high, 0, 0, landed) if high >= low and high > 0 else None
    low_lots, high_lots = lots(low, high, offer.lot_t)
    if low_lots > high_lots:
        return None
    return Piece(k, tier.from_t, low_lots * offer.lot_t, high_lots * offer.lot_t, low_lots, high_lots, landed)


def _can_reach(slot: Slot) -> bool:
    """Whether an order of at least the minimum (and of whole lots) fits the pieces together."""
    if not slot.incremental:
        return True
    low, high = slot.lot_range() if slot.offer.lot_t else (slot.low, slot.high)
    return low <= high


@lru_cache(maxsize=1 << 16)
def lots(low: float, high: float, lot: float) -> tuple[int, int]:
    """The least (at least 1) and most whole lots between two amounts of tonnes, exactly."""
    size = exact(lot)
    return max(1, math.ceil(exact(low) / size)), math.floor(exact(high) / size)


def _frozen_slot(problem: Problem, book: PriceBook, offer: Offer, week: int, tonnes: float) -> Slot:
    """The prior plan's ticket at today's prices: one piece whose landed price is what the whole order averages.

    Tonnes in no tier are priced at the tier below them, else at the first; on a border the cheaper tier counts.
    """
    prices = [book.landed(offer, week, tier).total for tier in offer.tiers]
    if offer.discount == "incremental":
        landed = _incremental_average(offer, prices, tonnes)
    else:
        inside = [
            p
            for t, p in zip(offer.tiers, prices, strict=True)
            if t.from_t <= tonnes and (t.to_t is None or tonnes <= t.to_t)
        ]
        below = [p for t, p in zip(offer.tiers, prices, strict=True) if t.from_t <= tonnes]
        landed = min(inside) if inside else (below[-1] if below else prices[0])
    piece = Piece(0, 0.0, tonnes, tonnes, 0, 0, landed)
    return Slot(replace(offer, lot_t=None), week, problem.arrives(offer, week), (piece,), tonnes)


def _incremental_average(offer: Offer, prices: list[float], tonnes: float) -> float:
    """USD/t of an order that fills tier after tier; what lies beyond the last tier's end is priced there."""
    total, done = Fraction(0), Fraction(0)
    amount = exact(tonnes)
    for k, (tier, price) in enumerate(zip(offer.tiers, prices, strict=True)):
        last = k == len(prices) - 1
        end = amount if last or tier.to_t is None else min(amount, exact(tier.to_t))
        total += max(Fraction(0), end - done) * Fraction(price)
        done = max(done, end)
    return float(total / amount)
