"""A planner's rule of thumb: a day of use at a time for the mineral that is worst off, from the cheapest offer in time.

The prior plan's frozen tickets stand and what is committed is taken first. It goes on until money, room, quotas or
offers end. Shares are counted against what is planned; where less is bought than planned, it is planned again with that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from math import inf

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Decisions
from orebook.exact import exact
from orebook.formulation.slots import OrderSlot, slots_of
from orebook.judge import Judge, Judgement
from orebook.rule_of_thumb.needs import MIN_SHORTAGE_T
from orebook.rule_of_thumb.order_book import AMOUNT_PADDING_T, OrderBook
from orebook.rule_of_thumb.quotas import Planned

MAX_ROUNDS = 4
"""How often it is planned so that shares hold of what is bought."""


def _never() -> bool:
    return False


def rule_of_thumb(case: ExactProblem, until: Callable[[], bool] = _never, rounds: int = MAX_ROUNDS) -> Decisions:
    """The plan that the rule of thumb makes; what it breaks is for the judge to say.

    Once `until` is true it buys nothing more: what it has by then is a plan, too. `rounds`: in how many at most shares are
    made to hold.
    """
    planned = first_plan(case)
    choices = _choices(case, planned)
    judge = Judge(case.problem, case.model)
    for _ in range(rounds):
        decisions = _filled(case, choices, planned, until).decisions()
        judgement = judge.judge(decisions)
        if until() or not any(b.rule == "shares" for b in judgement.breaches):
            break
        planned = _again(case, judgement)
    return decisions


def standing(case: ExactProblem, planned: Planned) -> OrderBook:
    """The prior plan's frozen tickets, booked, and nothing else."""
    problem, book = case.problem, OrderBook(case, planned)
    for (name, week), tonnes in problem.prior.items():
        offer = problem.terms(week).offers.get(name)
        if offer and week <= problem.weeks and case.frozen(name, week) and problem.frozen(week):
            book.place(offer, week, exact(tonnes))
    return book


def first_plan(case: ExactProblem) -> Planned:
    """Everything that is lacking, and all the money there is."""
    book = OrderBook(case, Planned(defaultdict(float), 0.0))
    budget = case.problem.budget_usd if case.model.on("budget") else None
    return Planned(
        {name: max((lack.tonnes for lack in needs.lacks), default=0.0) for name, needs in book.needs.items()},
        inf if budget is None else budget,
    )


def _choices(case: ExactProblem, planned: Planned) -> dict[str, list[OrderSlot]]:
    """mineral -> the orders that could be placed, the cheapest landed first, of equal ones the latest."""
    slots, _ = slots_of(case.problem, case.model, case.model)
    listed: dict[str, list[tuple[float, int, str, OrderSlot]]] = defaultdict(list)
    for slot in slots:
        if slot.frozen_t is None:
            size = min(max(slot.low, planned.tonnes[slot.offer.mineral]), slot.high)
            listed[slot.offer.mineral].append((_landed(slot, size), -slot.week, slot.offer.name, slot))
    return {mineral: [slot for *_, slot in sorted(rows, key=lambda r: r[:3])] for mineral, rows in listed.items()}


def _landed(slot: OrderSlot, tonnes: float) -> float:
    """USD/t of an order of that size, the fee included: at the cheapest of the tiers that it reaches."""
    reached = [p.landed for p in slot.pieces if p.from_t <= tonnes] or [slot.pieces[0].landed]
    return min(reached) + slot.offer.order_fee_usd / max(tonnes, MIN_SHORTAGE_T)


def _filled(
    case: ExactProblem, choices: Mapping[str, list[OrderSlot]], planned: Planned, until: Callable[[], bool]
) -> OrderBook:
    """The orders booked when nothing more can be bought, or when `until` was true."""
    book = standing(case, planned)
    open_slots = {mineral: list(slots) for mineral, slots in choices.items()}
    if case.model.on("commit"):
        _commit(case, book, open_slots)
    left = {name for name, needs in book.needs.items() if open_slots.get(name) and needs.lacks}
    while left and not until():
        worst = max(sorted(left), key=lambda name: book.needs[name].urgency)
        if not _buy(book, worst, open_slots[worst]) or not book.needs[worst].lacks:
            left.remove(worst)
    return book


def _commit(case: ExactProblem, book: OrderBook, open_slots: Mapping[str, list[OrderSlot]]) -> None:
    """Take what is committed, each offer in its cheapest weeks."""
    for offer in case.problem.offers.values():
        for slot in [s for s in open_slots.get(offer.mineral, ()) if s.offer.name == offer.name]:
            short = offer.commit_t - sum(float(book.ordered(offer.name, w)) for w in case.weeks)
            if short > 0:
                book.buy(slot.offer, slot.week, short)


def _buy(book: OrderBook, mineral: str, slots: list[OrderSlot]) -> bool:
    """One step for a mineral, for the first of its lacks that anything can still reach; what has no more is struck off."""
    needs = book.needs[mineral]
    for lack in needs.lacks:
        for slot in [s for s in slots if s.arrives <= lack.week]:
            wanted = min(lack.tonnes, needs.step_t)
            bought = book.buy(slot.offer, slot.week, wanted)
            if bought < wanted * (1 - AMOUNT_PADDING_T):
                slots.remove(slot)
            if bought:
                return True
    return False


def _again(case: ExactProblem, judgement: Judgement) -> Planned:
    """What was bought, cut down to what the shares that were broken leave of it."""
    tonnes: dict[str, float] = dict.fromkeys(case.problem.minerals, 0.0)
    for t in judgement.tickets:
        tonnes[t.mineral] += t.tonnes
    cash = sum(t.order_cash_usd for t in judgement.tickets)
    return Planned(tonnes, cash)
