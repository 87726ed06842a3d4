"""From the solver's columns to decisions: whole lots, grams and cents, so that what is judged is what is bought.

A plan keeps what its point keeps (`whole_grams.py`); a week's puts add up to what arrives in it exactly. Money is `money.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orebook.decisions import Decisions, Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.formulation.build import Formulation
from orebook.formulation.slots import OrderSlot
from orebook.grams import GRAM, gram_above, gram_below, meant
from orebook.problem import Problem
from orebook.rounding.amounts import Amount, Rounding, Values
from orebook.rounding.whole_grams import rounded

DUST_T = GRAM / 1000
"""Tonnes under which, as under half of the least order, there is no order but what a tolerance lets through."""

PLACED = 0.5
"""Of an order's binary, from which on it is placed."""

AS_NEEDED: Mapping[str, Rounding] = {}

Pinned = Mapping[tuple[str, int, Fraction | None], Fraction]
"""Orders whose tonnes are settled elsewhere: (offer, week, tier) -> tonnes."""

NONE_PINNED: Pinned = {}


def extract(
    problem: Problem,
    formulation: Formulation,
    values: Values,
    roundings: Mapping[str, Rounding] = AS_NEEDED,
    pinned: Pinned = NONE_PINNED,
) -> Decisions:
    """The decisions of a point, but for draws and repays, which follow from the judged cash (`money.py`).

    `roundings` says how a mineral's loose tonnes become grams: up where needed, where it says nothing. Where it says something,
    an order that is placed without tonnes is of a gram: a rule of houses or of money asks for the ticket.
    """
    amounts: dict[str, list[Amount]] = {mineral: [] for mineral in problem.minerals}
    for slot in formulation.slots:
        found = _amounts(slot, values, roundings.get(slot.offer.mineral))
        amounts[slot.offer.mineral] += [_settled(amount, pinned) for amount in found]
    orders, puts, outs = list[Order](), list[Put](), list[Out]()
    for mineral, wanted in amounts.items():
        ordered, put, taken = rounded(problem, mineral, wanted, values, roundings.get(mineral, "needed"))
        orders, puts, outs = [*orders, *ordered], [*puts, *put], [*outs, *taken]
    orders.sort(key=lambda order: (order.offer, order.week))
    return Decisions(tuple(orders), tuple(puts), tuple(outs))


def _settled(amount: Amount, pinned: Pinned) -> Amount:
    tonnes = pinned.get((amount.offer.name, amount.week, amount.tier))
    return amount if tonnes is None else replace(amount, tonnes=tonnes, grams=None)


def _amounts(slot: OrderSlot, values: Values, rounding: Rounding | None) -> list[Amount]:
    """What a slot orders: at one of its tiers under `all_units`; nothing where it orders nothing.

    With a rounding an order that is placed without tonnes is of a gram, where it may be.
    """
    offer, week, found = slot.offer, slot.week, list[Amount]()
    if slot.frozen_t is not None:
        return [Amount(offer, week, slot.arrives, exact(slot.frozen_t))]
    for piece in slot.pieces[:1] if slot.incremental else slot.pieces:
        tier = exact(piece.from_t) if offer.discount == "all_units" else None
        if offer.lot_t is not None:
            lots = round(values.get(("lots", (*slot.key, 0 if slot.incremental else piece.tier)), 0.0))
            found.append(Amount(offer, week, slot.arrives, lots * exact(offer.lot_t), tier))
            continue
        tiers, low, high = [piece.tier], piece.low, piece.high
        if slot.incremental:
            tiers, low, high = [p.tier for p in slot.pieces], slot.low, slot.high
        figure = sum(values.get(("tonnes", (*slot.key, k)), 0.0) for k in tiers)
        tonnes = exact(figure) if rounding == "dearer" else meant(figure)
        if rounding and low == 0 and tonnes < DUST_T and values.get(("order", (*slot.key, piece.tier)), 0.0) > PLACED:
            tonnes = GRAM
        if tonnes >= max(DUST_T, exact(low) / 2):
            grams = gram_above(exact(low)), gram_below(exact(high))
            found.append(Amount(offer, week, slot.arrives, tonnes, tier, grams, pays=piece.landed < 0))
    return [amount for amount in found if amount.tonnes > 0]
