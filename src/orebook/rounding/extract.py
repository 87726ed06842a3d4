"""From the solver's columns to decisions: whole lots, grams and cents, so that what is judged is what is bought.

A plan keeps what its point keeps (`whole_grams.py`); a week's puts add up to what arrives in it exactly. Money is `money.py`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from orebook.accounting.leaving import made_of
from orebook.decisions import Converted, Decisions, Out, Sale, StandIn
from orebook.exact import ZERO, Fraction, exact
from orebook.formulation.build import Formulation
from orebook.formulation.leaving import conversion_order
from orebook.formulation.slots import OrderSlot
from orebook.grams import GRAM, gram_above, gram_below, meant
from orebook.problem import Problem
from orebook.rounding.amounts import Amount, Rounding, Values
from orebook.rounding.takers import meets
from orebook.rounding.whole_grams import MineralPlan, rounded

T = TypeVar("T")

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
    stand_ins = stand_ins_of(problem, values)
    made: dict[str, dict[int, Fraction]] = defaultdict(dict)
    plans: dict[str, MineralPlan] = {}
    for mineral in conversion_order(problem):
        rounding = roundings.get(mineral, "needed")
        plan = rounded(problem, mineral, amounts[mineral], values, rounding, made[mineral], stand_ins)
        plans[mineral] = plan
        for comes in made_of(problem, Decisions(conversions=_of(plan, Converted))):
            made[comes.mineral][comes.arrives] = made[comes.mineral].get(comes.arrives, ZERO) + comes.tonnes
    every = [plans[mineral] for mineral in problem.minerals]
    return Decisions(
        orders=tuple(sorted((o for plan in every for o in plan.orders), key=lambda order: (order.offer, order.week))),
        puts=tuple(put for plan in every for put in plan.puts),
        outs=tuple(out for plan in every for out in _of(plan, Out)),
        sales=tuple(sale for plan in every for sale in _of(plan, Sale)),
        conversions=tuple(taken for plan in every for taken in _of(plan, Converted)),
        stand_ins=stand_ins,
    )


def _of(plan: MineralPlan, kind: type[T]) -> tuple[T, ...]:
    return tuple(taken for taken in plan.taken if isinstance(taken, kind))


def stand_ins_of(problem: Problem, values: Values) -> tuple[StandIn, ...]:
    """What stands for what at a point, in whole grams, or as much as may where the point has that."""
    found = []
    for target in problem.targets:
        then = problem.at(target.week)
        aim = exact(target.days) * exact(then.minerals[target.mineral].use_t_per_day)
        for (mineral, by), row in then.substitutes.items():
            point = values.get(("by", (mineral, by, target.week)), 0.0)
            if mineral != target.mineral or point <= 0:
                continue
            most = aim * (Fraction(1) if row.max_share is None else exact(row.max_share)) / exact(row.factor)
            tonnes = most if meets(exact(point), most) else gram_below(meant(point) + GRAM / 1000)
            if tonnes > 0:
                found.append(StandIn(mineral, by, target.week, tonnes))
    return tuple(found)


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
