"""Sets of orders: an offer in a week is left alone, or takes so many lots at a tier; what the judge bars is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from orebook.decisions import Decisions, Order
from orebook.exact import Fraction, exact
from orebook.judge import Judge, Judgement
from orebook.problem import Problem

Arrivals = tuple[tuple[str, int, Fraction], ...]
"""(mineral, week, tonnes), sorted; what arrives after the plan left out."""
RECEIVED = ("budget_total", "budget_week", "budget_released")
"""Rows of money that hang on what comes in, where any does."""
LATER = ("flow", "storage", "funding", "must", "ceiling", "bids", "convert", "substitute", "shelf")
"""Rules that hang on more than the orders."""


@dataclass(frozen=True)
class OrderSet:
    """Orders, and what the judge says of them alone."""

    orders: tuple[Order, ...]
    judgement: Judgement
    weeks: int

    @cached_property
    def arrivals(self) -> Arrivals:
        """What the orders bring."""
        brought: dict[tuple[str, int], Fraction] = {}
        for order, ticket in zip(self.orders, self.judgement.tickets, strict=True):
            if ticket.arrives is not None and ticket.arrives <= self.weeks:
                key = ticket.mineral, ticket.arrives
                brought[key] = brought.get(key, Fraction(0)) + order.tonnes
        return tuple((mineral, week, tonnes) for (mineral, week), tonnes in sorted(brought.items()))


def order_sets(problem: Problem, judge: Judge, firm: frozenset[str]) -> Iterator[OrderSet]:
    """Every set of orders that breaks no firm rule of those that hang on orders alone."""
    offers, weeks = problem.offers, range(1, problem.weeks + 1)
    choices = [_choices(problem, judge, offer, week) for offer in offers for week in weeks]
    for chosen in product(*choices):
        orders = tuple(order for order in chosen if order is not None)
        judgement = judge.judge(Decisions(orders=orders))
        later = RECEIVED if problem.money_returns_from is not None else ()
        if not any(b.rule in firm and b.rule not in LATER and not b.row.startswith(later) for b in judgement.breaches):
            yield OrderSet(orders, judgement, problem.weeks)


def _choices(problem: Problem, judge: Judge, offer: str, week: int) -> list[Order | None]:
    """No order, and each order, of those that break no row of this offer and week."""
    o = problem.terms(week).offers.get(offer)
    if o is None:
        return [None]
    assert o.lot_t is not None
    assert o.max_week_t is not None
    lot = exact(o.lot_t)
    sizes = {n * lot for n in range(1, int(exact(o.max_week_t) / lot) + 1)}
    standing = problem.prior.get((offer, week))
    sizes |= {exact(standing)} if standing else set()
    tiers = [exact(t.from_t) for t in o.tiers] if o.discount == "all_units" else []
    named: list[Order | None] = [Order(offer, week, t, tier) for t in sorted(sizes) for tier in (None, *tiers)]
    possible = [order for order in named if not _barred(judge, order, offer, week)]
    return ([] if _barred(judge, None, offer, week) else [None]) + _distinct(judge, possible)


def _barred(judge: Judge, order: Order | None, offer: str, week: int) -> bool:
    alone = judge.judge(Decisions(orders=() if order is None else (order,)))
    return any(b.row.endswith(f"[{offer},{week}]") for b in alone.breaches)


def _distinct(judge: Judge, orders: list[Order | None]) -> list[Order | None]:
    """Orders that differ in tonnes or in money; the first of those that do not."""
    seen: dict[tuple[Fraction, Fraction], Order | None] = {}
    for order in orders:
        assert order is not None
        cash = judge.judge(Decisions(orders=(order,))).tickets[0].order_cash_usd
        seen.setdefault((order.tonnes, exact(cash)), order)
    return list(seen.values())
