"""From the solver's columns to decisions: whole lots, grams and cents, so that what is judged is what is bought.

Amounts are rounded to 1e-6 t; a week's puts add up to what arrives in it exactly, its draws to its cash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import Literal

from orebook.decisions import Decisions, Draw, Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.formulation.build import Formulation
from orebook.formulation.slots import Slot
from orebook.problem import Problem

GRAM = 10**6
Rounding = Literal["nearest", "down", "up"]
_ROUND: dict[Rounding, Callable[[Fraction], int]] = {"nearest": round, "down": floor, "up": ceil}
Values = Mapping[tuple[str, object], float]
"""(component, index) of a variable -> its value; a variable that is not there is 0."""


def extract(problem: Problem, formulation: Formulation, values: Values, rounding: Rounding = "nearest") -> Decisions:
    """The decisions of a point, but for draws, which follow from the judged cash (`with_draws`)."""
    orders = tuple(order for slot in formulation.slots for order in _order(slot, values, rounding))
    return Decisions(orders=orders, puts=_puts(problem, orders, values), outs=_outs(problem, values))


def _order(slot: Slot, values: Values, rounding: Rounding) -> list[Order]:
    offer, week = slot.key
    if slot.frozen_t is not None:
        return [Order(offer, week, exact(slot.frozen_t))]
    placed = []
    lot = slot.offer.lot_t
    if slot.incremental:
        if lot is not None:
            tonnes = round(values.get(("lots", (offer, week, 0)), 0.0)) * exact(lot)
        else:
            parts = sum(values.get(("tonnes", (offer, week, p.tier)), 0.0) for p in slot.pieces)
            tonnes = _grams(parts, rounding)
        return [Order(offer, week, tonnes)] if tonnes > 0 else []
    for piece in slot.pieces:
        if lot is not None:
            tonnes = round(values.get(("lots", (offer, week, piece.tier)), 0.0)) * exact(lot)
        else:
            tonnes = _grams(values.get(("tonnes", (offer, week, piece.tier)), 0.0), rounding)
        if tonnes > 0:
            whole = slot.offer.discount == "all_units"
            placed.append(Order(offer, week, tonnes, exact(piece.from_t) if whole else None))
    return placed


def _grams(tonnes: float, rounding: Rounding = "nearest") -> Fraction:
    if tonnes < 0.5 / GRAM:
        return Fraction(0)
    return Fraction(_ROUND[rounding](Fraction(round(tonnes * GRAM, 3))), GRAM)


def _puts(problem: Problem, orders: tuple[Order, ...], values: Values) -> tuple[Put, ...]:
    """Puts by site that add up to what arrives; the largest takes what rounding leaves."""
    arriving: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for order in orders:
        offer = problem.offers[order.offer]
        arriving[offer.mineral, problem.arrives(offer, order.week)] += order.tonnes
    puts = []
    for (mineral, week), tonnes in sorted(arriving.items()):
        if week > problem.weeks:
            continue
        shares = {s: _grams(values.get(("put", (mineral, s, week)), 0.0)) for s in problem.sites}
        for site, amount in _adding_up(shares, tonnes).items():
            puts.append(Put(mineral, site, week, amount))
    return tuple(puts)


def _outs(problem: Problem, values: Values) -> tuple[Out, ...]:
    outs = []
    for j in problem.withdrawals.values():
        amounts = {s: _grams(values.get(("out", (j.name, s)), 0.0)) for s in problem.sites}
        wanted, total = exact(j.tonnes), sum(amounts.values())
        if total > 0 and abs(total - wanted) <= Fraction(1, GRAM):
            amounts = _adding_up(amounts, wanted)
        outs += [Out(j.name, s, a) for s, a in amounts.items() if a > 0]
    return tuple(outs)


def with_draws(
    problem: Problem, decisions: Decisions, cash: Mapping[int, Fraction], values: Values, funded: bool
) -> Decisions:
    """The same decisions with draws that add up to each week's judged cash. `funded`: whether the rule is on."""
    draws = []
    for week, amount in sorted(cash.items()):
        if not funded or amount <= 0:
            continue
        cents = {f: _cents(values.get(("draw", (f, week)), 0.0)) for f in problem.sources}
        draws += [Draw(f, week, usd) for f, usd in _adding_up(cents, amount).items()]
    return Decisions(decisions.orders, decisions.puts, decisions.outs, tuple(draws))


def _cents(usd: float) -> Fraction:
    return Fraction(max(0, round(usd * 100)), 100)


def _adding_up(shares: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """The shares with the largest altered so that they add up; zeros left out."""
    largest = max(shares, key=lambda k: shares[k])
    rest = sum((v for k, v in shares.items() if k != largest), Fraction(0))
    result = {**shares, largest: total - rest}
    return {k: v for k, v in result.items() if v > 0}
