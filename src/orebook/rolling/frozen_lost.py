"""Frozen orders of a week in which news comes: placed already, so a bar strands their goods as it does those under way.

Nothing of such an order arrives; what is paid on it, the fee included, is paid in its week all the same, and what falls due
on arrival is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.priced_orders import PricedOrder, price_order
from orebook.decisions import Order
from orebook.exact import ZERO, exact
from orebook.problem import Problem, World
from orebook.resolve import problem_of
from orebook.rolling.coming_true import Moved, News, Outcome
from orebook.rolling.committed import UnderWay, store_for
from orebook.schema.model import Model
from orebook.schema.tables import InboundRow


def without_stranded(before: Problem, came: Outcome, events: Sequence[News], model: Model) -> Outcome:
    """What came of a problem's news, without the frozen orders that it strands."""
    if not events or not before.prior or not before.frozen_weeks or not before.governing(model).on("frozen"):
        return came
    arrive = all(event.in_transit == "arrive" for event in events)
    world = World(before, came.problem, 1, "arrive" if arrive else "lost")
    lost = list(_stranded(before, world, model))
    if not lost:
        return came
    gone = {(order.offer.name, order.week) for order in lost}
    document = came.problem.document
    prior = tuple(row for row in document.rows("prior") if (row.offer, row.week) not in gone)
    made = {"prior": prior or None, "inbound": _with_payments(came.problem, lost)}
    problem = problem_of(document.model_copy(update=made), (), came.problem.rules_off)
    tonnes = float(sum((order.tonnes for order in lost), ZERO))
    moved = tuple(Moved(_goods(came.problem, order), None) for order in lost)
    says = f"{came.says}; {tonnes:g} t of frozen orders are lost"
    return replace(came, problem=problem, moved=(*came.moved, *moved), says=says)


def _stranded(before: Problem, world: World, model: Model) -> Iterator[PricedOrder]:
    """The frozen orders that never arrive, at the terms before the news."""
    case = exact_problem_of(before, before.governing(model))
    for (name, week), tonnes in before.prior.items():
        offer = before.offers.get(name)
        if offer is not None and before.frozen(week) and world.lost(offer, week, frozen=True):
            yield price_order(case, Order(name, week, exact(tonnes)))


def _with_payments(problem: Problem, lost: Iterable[PricedOrder]) -> tuple[InboundRow, ...]:
    """Inbound with what is paid on lost orders: rows that bring nothing."""
    rows = {row.key(): row for row in problem.document.rows("inbound")}
    for order in lost:
        site = store_for(problem, order.offer.mineral)
        key = (order.offer.mineral, site, order.week)
        row = rows.get(key) or InboundRow(mineral=order.offer.mineral, site=site, week=order.week, tonnes=0.0)
        rows[key] = row.model_copy(update={"due_usd": float(exact(row.due_usd) + order.on_order)})
    return tuple(rows[key] for key in sorted(rows))


def _goods(problem: Problem, order: PricedOrder) -> UnderWay:
    offer = order.offer
    site = store_for(problem, offer.mineral)
    due, paid = order.on_arrival, order.on_order
    return UnderWay(offer.mineral, site, order.planned, order.tonnes, due, offer.origin, paid)
