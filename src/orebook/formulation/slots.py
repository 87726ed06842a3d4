"""The orders that some plan could place: a slot is an offer in a week with the tiers it can be priced at.

What no plan can use is left out here, before the model is built, and counted by reason.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from orebook.exact import Fraction, exact
from orebook.formulation.bounds import Bounds
from orebook.formulation.lots import lots, most_lots, tonnes_of
from orebook.formulation.prices import PriceBook
from orebook.grams import gram_above, gram_below
from orebook.problem import Offer, Problem, Tier
from orebook.schema.model import Model

AMOUNT_PADDING_REL = 1e-6
"""Part of a limit that a plan, a prior one too, may be over it."""

Closed = Callable[[Offer, int], bool]
"""Whether the caller wants no order of an offer in a week, whatever the rules say."""


@dataclass(frozen=True, slots=True)
class TierPiece:
    """A tier of a slot. `low` to `high` in tonnes, whole grams or lots: of the whole order under `all_units`, of the part
    inside the tier under `incremental` (then `low` is 0, and ends are as they are); `low_lots`, `high_lots` the same in
    lots, where the offer has a lot size."""

    tier: int
    from_t: float
    low: float
    high: float
    low_lots: int
    high_lots: int
    landed: float


@dataclass(frozen=True, slots=True)
class OrderSlot:
    """An offer in a week, with the least and most tonnes of an order. `frozen_t` is the prior plan's tonnes where the
    prior plan stands, else None. `arrives` lies beyond T where the goods are late by so much, or lost on the way."""

    offer: Offer
    week: int
    arrives: int
    pieces: tuple[TierPiece, ...]
    low: float
    high: float
    frozen_t: float | None = None

    @property
    def key(self) -> tuple[str, int]:
        """(offer, week)."""
        return self.offer.name, self.week

    @property
    def incremental(self) -> bool:
        """Whether the pieces are filled one after the other."""
        return self.offer.discount == "incremental" and len(self.pieces) > 1

    @property
    def in_lots(self) -> bool:
        """Whether each piece is so many whole lots; pieces that are filled one after the other are so only together."""
        return self.offer.lot_t is not None and not self.incremental

    @property
    def high_lots(self) -> int:
        """The most lots of the order."""
        return self.lot_range()[1] if self.incremental else max(p.high_lots for p in self.pieces)

    def lot_range(self) -> tuple[int, int]:
        """The least and most lots of an order whose pieces are filled one after the other."""
        assert self.offer.lot_t is not None
        return lots(self.low, self.high, self.offer.lot_t)


def slots_of(
    problem: Problem, model: Model, bounds_from: Model, closed: Closed | None = None
) -> tuple[tuple[OrderSlot, ...], Counter[str]]:
    """Every slot, sorted by offer and week, and how many (offer, week) were left out for which reason."""
    bounds = Bounds(problem, bounds_from, PriceBook(problem))
    return slots_among(problem.offers.values(), problem, model, bounds, closed)


def slots_among(
    offers: Iterable[Offer], problem: Problem, model: Model, bounds: Bounds, closed: Closed | None = None
) -> tuple[tuple[OrderSlot, ...], Counter[str]]:
    """The slots of some offers, in their order and by week, and how many were left out for which reason.

    An order has the terms of its week: where changes are known from a later week only, those from before them.
    """
    book = bounds.book
    slots: list[OrderSlot] = []
    left_out: Counter[str] = Counter()
    for name in [o.name for o in offers]:
        for week in range(1, problem.weeks + 1):
            terms = problem.terms(week)
            offer = terms.offers.get(name)
            if offer is None:
                left_out["window"] += 1
                continue
            if model.on("frozen") and problem.frozen(week):
                tonnes = problem.prior.get((offer.name, week))
                if tonnes is None:
                    left_out["frozen"] += 1
                else:
                    slots.append(_frozen_slot(problem, book, offer, week, tonnes))
                continue
            if closed is not None and closed(offer, week):
                left_out["held"] += 1
                continue
            slot = _barred(terms, model, offer, week) or _slot(problem, model, book, bounds, offer, week)
            if isinstance(slot, str):
                left_out[slot] += 1
            else:
                slots.append(slot)
    return tuple(slots), left_out


def _barred(problem: Problem, model: Model, offer: Offer, week: int) -> str | None:
    """The rule that bars an order whatever its size, as far as anyone knows when it is placed; None where none does."""
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
    origin = problem.origin_of(offer)
    if origin and (origin.barred or (origin.barred_from_week is not None and arrives >= origin.barred_from_week)):
        return "origin"
    content = problem.max_restricted_content_pct
    if content is not None and offer.restricted_content_pct > content and not offer.licensed:
        return "content"
    if problem.min_esg_score is not None and offer.esg_score is not None and offer.esg_score < problem.min_esg_score:
        return "esg"
    return None


def _slot(problem: Problem, model: Model, book: PriceBook, bounds: Bounds, offer: Offer, week: int) -> OrderSlot | str:
    """The slot of an offer that is open; else why no order can be placed: its price (`floor`) or its `quantity`."""
    arrives = problem.arrives(offer, week)
    landed = book.landed(offer.name, week)
    most = bounds.week_t(offer, week, min(x.total for x in landed))
    least = offer.min_order_t if model.on("offers") else 0.0
    if offer.lot_t is None:
        least = float(gram_above(exact(least)))
    usable = [k for k, price in enumerate(landed) if price.usable]
    if offer.discount == "incremental":
        usable = [k for place, k in enumerate(usable) if k == place]  # a tier below the floor bars those above it
    if not usable:
        return "floor"
    if offer.discount == "incremental":
        end = offer.tiers[usable[-1]].to_t
        most = most if end is None else min(end, most)
        most = _in_grams(most) if offer.lot_t is None else tonnes_of(most_lots(most, offer.lot_t), offer.lot_t)
        usable = [k for k in usable if k == 0 or offer.tiers[k].from_t < most]
        if len(usable) > 1:
            return _in_tiers(offer, week, arrives, [(k, landed[k].total) for k in usable], least, most)
    found = [_piece(offer, k, offer.tiers[k], landed[k].total, least, most) for k in usable]
    pieces = tuple(p for p in found if p is not None)
    if not pieces:
        return "quantity"
    return OrderSlot(offer, week, arrives, pieces, min(p.low for p in pieces), max(p.high for p in pieces))


def _in_tiers(
    offer: Offer, week: int, arrives: int, prices: list[tuple[int, float]], least: float, most: float
) -> OrderSlot | str:
    """The slot of an incremental offer that reaches beyond its first tier; `prices` of the tiers it reaches."""
    starts = [offer.tiers[k].from_t for k, _ in prices]
    pieces = [
        TierPiece(k, start, 0.0, end - start, 0, 0, landed)
        for (k, landed), start, end in zip(prices, starts, [*starts[1:], most], strict=True)
    ]
    slot = OrderSlot(offer, week, arrives, tuple(pieces), least, most)
    low_lots, high_lots = slot.lot_range() if offer.lot_t is not None else (0, 0)
    return "quantity" if least > most or low_lots > high_lots else slot


def _piece(offer: Offer, k: int, tier: Tier, landed: float, least: float, most: float) -> TierPiece | None:
    """A tier that prices a whole order; None where no quantity falls in it."""
    high = most if tier.to_t is None else min(tier.to_t, most)
    low = max(tier.from_t, least)
    if offer.lot_t is None:
        low, high = float(gram_above(exact(low))), _in_grams(high)
        return TierPiece(k, tier.from_t, low, high, 0, 0, landed) if high >= low and high > 0 else None
    low_lots, high_lots = lots(low, high, offer.lot_t)
    if low_lots > high_lots:
        return None
    return TierPiece(
        k, tier.from_t, tonnes_of(low_lots, offer.lot_t), tonnes_of(high_lots, offer.lot_t), low_lots, high_lots, landed
    )


def _in_grams(most: float) -> float:
    """The most whole grams that are not more; endless as it is."""
    return most if math.isinf(most) else float(gram_below(exact(most)))


def _frozen_slot(problem: Problem, book: PriceBook, offer: Offer, week: int, tonnes: float) -> OrderSlot:
    """The prior plan's ticket at today's prices: one piece whose landed price is what the whole order averages.

    Tonnes in no tier are priced at the tier below them, else at the first; on a border the cheaper of the tiers that
    may be used counts.
    """
    prices = book.landed(offer.name, week)
    if offer.discount == "incremental":
        landed = _incremental_average(offer, [p.total for p in prices], tonnes)
    else:
        inside = [p for t, p in zip(offer.tiers, prices, strict=True) if _inside(t, tonnes, 0.0)]
        inside = inside or [
            p for t, p in zip(offer.tiers, prices, strict=True) if _inside(t, tonnes, AMOUNT_PADDING_REL)
        ]
        below = [p for t, p in zip(offer.tiers, prices, strict=True) if t.from_t <= tonnes]
        price = min(inside, key=lambda p: (not p.usable, p.total)) if inside else (below or prices[:1])[-1]
        landed = price.total
    piece = TierPiece(0, 0.0, tonnes, tonnes, 0, 0, landed)
    return OrderSlot(replace(offer, lot_t=None), week, problem.arrives(offer, week), (piece,), tonnes, tonnes, tonnes)


def _inside(tier: Tier, tonnes: float, margin: float) -> bool:
    return tier.from_t * (1 - margin) <= tonnes and (tier.to_t is None or tonnes <= tier.to_t * (1 + margin))


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
