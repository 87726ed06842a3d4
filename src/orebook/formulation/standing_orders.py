"""What the frozen tickets alone come to. They are facts: a limit that they are over becomes that, and nothing more is ordered.

    limit' = max(limit, sum over frozen tickets)                 of a limit on tonnes, money, houses or stock

A least amount that they miss by no more than a plan may (a millionth) becomes what they come to.
"""

from __future__ import annotations

from collections.abc import Iterable

from orebook.formulation.slots import AMOUNT_PADDING_REL, OrderSlot
from orebook.problem import Problem


def frozen_slots(slots: Iterable[OrderSlot]) -> list[OrderSlot]:
    """Those of the prior plan's tickets that stand."""
    return [s for s in slots if s.frozen_t is not None]


def frozen_tonnes(slots: Iterable[OrderSlot]) -> float:
    """Tonnes of the frozen tickets among some slots."""
    return sum(s.frozen_t for s in slots if s.frozen_t is not None)


def frozen_cash(slots: Iterable[OrderSlot]) -> float:
    """Order cash of the frozen tickets among some slots, in USD."""
    return sum(_landed(s) + s.offer.order_fee_usd for s in frozen_slots(slots))


def cash_to_date(problem: Problem, slots: Iterable[OrderSlot]) -> dict[int, float]:
    """Week -> USD that frozen tickets, their houses' fees and inbound orders cost up to it; empty where none is frozen."""
    frozen = frozen_slots(slots)
    if not frozen:
        return {}
    paid = dict.fromkeys(range(1, problem.weeks + 1), 0.0)
    houses = {problem.houses[s.offer.house] for s in frozen}
    paid[1] += sum(h.engage_fee_usd for h in houses if not h.engaged)
    for slot in frozen:
        now = slot.offer.pay_on_order_pct / 100
        paid[slot.week] += now * _landed(slot) + slot.offer.order_fee_usd
        if (pays := slot.arrives + slot.offer.pay_after_weeks) <= problem.weeks:
            paid[pays] += (1 - now) * _landed(slot)
    for order in problem.inbound:
        paid[order.week] += order.due_usd
    to_date, total = {}, 0.0
    for week, usd in paid.items():
        total += usd
        to_date[week] = total
    return to_date


def least_kept(least: float, frozen: float) -> float:
    """A least amount, or what frozen tickets come to where they miss it by rounding alone."""
    return frozen if least * (1 - AMOUNT_PADDING_REL) <= frozen < least else least


def _landed(slot: OrderSlot) -> float:
    assert slot.frozen_t is not None
    return slot.pieces[0].landed * slot.frozen_t
