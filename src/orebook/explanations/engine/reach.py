"""The reach of each mineral: the most that offers could bring, were it alone in the world; and money and room as they run out.

It is arithmetic, without a solve: a plan that is slower than its reach is kept by money or room, or sees to others first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from orebook.exact import ZERO, Fraction, exact
from orebook.formulation.slots import OrderSlot, slots_of
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.schema.model import Model

FULL = Fraction(99, 100)
"""Part of a store's limit from which on it is full."""


@dataclass(frozen=True)
class Open:
    """What is open after the last shock, money and room apart: mineral with use -> the most days of cover that it could have at
    the end of each week, withdrawals served as planned; mineral -> USD of the least order that brings any of it."""

    days: Mapping[str, Sequence[float]]
    least_usd: Mapping[str, float]


def open_after(problem: Problem, model: Model, judgement: Judgement) -> Open:
    """Of the problem of a week and its plan."""
    governing = problem.governing(model)
    slots, _ = slots_of(
        problem, governing, governing.without("budget", "storage")
    )  # how far money and room reach is apart
    come = _come(problem, slots)
    for withdrawal in problem.withdrawals.values():
        served = withdrawal.tonnes - float(judgement.unmet.get(withdrawal.name, ZERO))
        come[withdrawal.mineral, withdrawal.week] -= served
    least: dict[str, float] = {}
    for slot in slots:
        usd = slot.low * min(piece.landed for piece in slot.pieces)
        least[slot.offer.mineral] = min(least.get(slot.offer.mineral, inf), usd)
    used = [i for i, row in problem.minerals.items() if row.use_t_per_day > 0]
    return Open({i: _days(problem, i, come) for i in used}, least)


def _come(problem: Problem, slots: Iterable[OrderSlot]) -> dict[tuple[str, int], float]:
    """Tonnes that may come of a mineral in a week: of every offer all that it may sell, and what is under way."""
    of_offer: dict[tuple[str, int], float] = defaultdict(float)
    for slot in slots:
        of_offer[slot.offer.name, slot.arrives] += slot.high
    come: dict[tuple[str, int], float] = defaultdict(float)
    for name, offer in problem.offers.items():
        so_far = 0.0
        for week in range(1, problem.weeks + 1):
            before = so_far
            so_far = min(before + of_offer[name, week], inf if offer.max_t is None else offer.max_t)
            come[offer.mineral, week] += so_far - before
    for order in problem.inbound:
        come[order.mineral, order.week] += order.tonnes
    return come


def _days(problem: Problem, mineral: str, come: Mapping[tuple[str, int], float]) -> list[float]:
    held = sum(tonnes for (i, _), tonnes in problem.stock.items() if i == mineral)
    found = []
    for week in range(1, problem.weeks + 1):
        held += come.get((mineral, week), 0.0)
        found.append(held / problem.minerals[mineral].use_t_per_day)
    return found


def spent_weeks(problem: Problem, judgement: Judgement, least_usd: Mapping[str, float]) -> dict[str, frozenset[int]]:
    """mineral -> the weeks at whose end less money is left than its least order costs; its own budget counts too."""
    own: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for ticket in judgement.tickets:
        for week in range(ticket.week, problem.weeks + 1):
            own[ticket.mineral, week] += exact(ticket.order_cash_usd)
    found: dict[str, set[int]] = {i: set() for i in problem.minerals}
    for cash in judgement.cash:
        limits = (cash.released_to_date_usd, None if problem.budget_usd is None else exact(problem.budget_usd))
        left = min((float(free - cash.net_to_date_usd) for free in limits if free is not None), default=inf)
        for mineral, row in problem.minerals.items():
            its = inf if row.budget_usd is None else row.budget_usd - float(own[mineral, cash.week])
            if min(left, its) < least_usd.get(mineral, 0.0):
                found[mineral].add(cash.week)
    return {mineral: frozenset(weeks) for mineral, weeks in found.items()}


def full_weeks(problem: Problem, judgement: Judgement) -> dict[str, frozenset[int]]:
    """mineral -> the weeks at whose end no store that takes it has room."""
    full: dict[int, set[str]] = defaultdict(set)
    for store in judgement.stores:
        if store.capacity_m3 is not None and store.volume_m3 >= FULL * store.capacity_m3:
            full[store.week].add(store.site)
    found = {}
    for mineral in problem.minerals.values():
        taking = {s.name for s in problem.sites.values() if s.accepts is None or mineral.storage_class in s.accepts}
        found[mineral.name] = frozenset(w for w, sites in full.items() if taking <= sites)
    return found
