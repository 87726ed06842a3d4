"""A ticket against another offer, or another week: landed per tonne, term by term, and what keeps a cheaper one out.

Moving a part of the ticket there, all else as it is, breaks a row: then that row keeps it out. Two moves are tried, the
smallest that both offers can take and the whole ticket; a limit is named only where neither can be made.
"""

from __future__ import annotations

from dataclasses import dataclass

from orebook.accounting.priced_orders import PricedOrder
from orebook.exact import ZERO, Fraction, exact
from orebook.explanations.subproblem.order_probe import OrderProbe, up_to_lots
from orebook.explanations.subproblem.stock_limits import kept_by_stock
from orebook.problem import Offer

TERMS = ("quote", "tier", "floor", "commission", "duty", "freight", "top_up", "levy", "fee")


@dataclass(frozen=True)
class Limit:
    """What keeps a rival out: a row of a rule, or the figures alone; `moved_t` is the move that it stops."""

    rule: str | None
    row: str | None
    figures: dict[str, float]


@dataclass(frozen=True)
class Move:
    """A part of a ticket given up, and what is taken elsewhere for it, in t."""

    given: Fraction
    taken: Fraction


def landed_terms(order: PricedOrder) -> dict[str, Fraction]:
    """USD a tonne of an order by term; they add up to its order cash a tonne."""
    discount = {exact(t.from_t): exact(t.discount_pct) for t in order.offer.tiers}
    quote = sum((p.quote * t for p, t in order.parts), ZERO)
    tier = sum((p.quote * (1 - discount[p.from_t] / 100) * t for p, t in order.parts), ZERO)
    amounts = (
        quote,
        tier - quote,
        order.goods - tier,
        order.commission,
        order.duty,
        order.freight,
        order.top_up,
        order.levy,
        order.fee,
    )
    return {term: amount / order.tonnes for term, amount in zip(TERMS, amounts, strict=True)}


def more_usd_per_t(order: PricedOrder, other: PricedOrder) -> dict[str, Fraction]:
    """By how much a tonne of the other order is dearer, term by term; negative: cheaper."""
    ours, theirs = landed_terms(order), landed_terms(other)
    return {term: theirs[term] - ours[term] for term in TERMS}


def limit_on(probe: OrderProbe, ticket: PricedOrder, rival: Offer, week: int) -> Limit | None:
    """What keeps a cheaper rival from having a part of the ticket, or more of it; None where arithmetic cannot tell."""
    if bar := probe.bars(rival, week):
        return Limit(bar.rule, bar.row, {})
    if ticket.frozen:
        return Limit("frozen", f"frozen_order[{ticket.offer.name},{ticket.week}]", {})
    small, whole = _smallest(probe, ticket, rival, week), _whole(probe, ticket, rival, week)
    first = _stops(probe, ticket, rival, week, small)
    second = first if whole == small else _stops(probe, ticket, rival, week, whole)
    if first is None or second is None:
        return None
    return second if first.row is None else first


def _stops(probe: OrderProbe, ticket: PricedOrder, rival: Offer, week: int, move: Move) -> Limit | None:
    moved = {"moved_t": float(move.given), "taken_t": float(move.taken)}
    there = probe.orders.get((rival.name, week))
    changed = [probe.priced(rival.name, week, move.taken + (there.tonnes if there else ZERO))]
    left = ticket.tonnes - move.given
    key = (ticket.offer.name, ticket.week)
    if left > 0:
        changed.append(probe.priced(*key, left))
    broken = probe.breaks(changed, gone=() if left > 0 else [key])
    if broken:
        return Limit(broken[0].rule, broken[0].row, moved)
    arrives = probe.plan.problem.arrives(rival, week)
    if stopped := kept_by_stock(probe, rival.mineral, (-move.given, ticket.arrives), (move.taken, arrives)):
        return Limit(stopped.rule, stopped.row, {**moved, **stopped.figures})
    return _dearer(probe, ticket, changed, there, moved)


def _dearer(
    probe: OrderProbe,
    ticket: PricedOrder,
    changed: list[PricedOrder],
    there: PricedOrder | None,
    moved: dict[str, float],
) -> Limit | None:
    """Cheaper a tonne, and dearer in all: by a lot or a least order, a fee, or a tier that is lost."""
    before = ticket.order_cash + (there.order_cash if there else ZERO)
    extra = sum((o.order_cash for o in changed), ZERO) - before
    house = probe.plan.problem.houses[changed[0].offer.house]
    if not house.engaged and house.name not in probe.ledger.engaged:
        extra += exact(house.engage_fee_usd)
    return Limit(None, None, {**moved, "moved_extra_usd": float(extra)}) if extra >= 0 else None


def _smallest(probe: OrderProbe, ticket: PricedOrder, rival: Offer, week: int) -> Move:
    """The least that the ticket can give up, and the least that the rival can take for it."""
    lot = exact(ticket.offer.lot_t) if ticket.offer.lot_t else None
    step = exact(rival.lot_t) if rival.lot_t else None
    there = probe.orders.get((rival.name, week))
    least = ZERO if there else probe.least(rival, week)
    part = lot or min(ticket.tonnes, least or step or ticket.tonnes)
    if ticket.tonnes - part < exact(ticket.offer.min_order_t):
        part = ticket.tonnes
    return Move(part, up_to_lots(max(part, least), step))


def _whole(probe: OrderProbe, ticket: PricedOrder, rival: Offer, week: int) -> Move:
    least = ZERO if (rival.name, week) in probe.orders else probe.least(rival, week)
    step = exact(rival.lot_t) if rival.lot_t else None
    return Move(ticket.tonnes, up_to_lots(max(ticket.tonnes, least), step))
