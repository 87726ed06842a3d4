"""The ledger: all that follows from a plan's decisions before a rule is asked. Rules and measures only read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.decisions import Decisions, Order
from orebook.exact import Fraction
from orebook.judge.case import Case
from orebook.judge.flow import Flow, Reached, flow_of, reached, total
from orebook.judge.judgement import Breach, CashWeek, StoreWeek
from orebook.judge.money import Draws, cash_weeks, costs_of, engaged_houses
from orebook.judge.orders import PricedOrder
from orebook.judge.stores import stores_of
from orebook.judge.strays import sift


@dataclass(frozen=True, slots=True)
class Ledger:
    """Orders priced, tonnes in store, money paid and drawn, all exact. `strays` is what the problem does not know."""

    case: Case
    orders: tuple[PricedOrder, ...]
    engaged: tuple[str, ...]
    flow: Flow
    cover: tuple[Reached, ...]
    stores: tuple[StoreWeek, ...]
    draws: Draws
    cash: tuple[CashWeek, ...]
    costs: dict[str, Fraction]
    strays: tuple[Breach, ...]


def ledger_of(case: Case, price: Callable[[Order], PricedOrder], decisions: Decisions) -> Ledger:
    """The ledger of a plan, whatever it decides; `price` prices an order of the case."""
    decisions, strays = sift(case.problem, decisions)
    orders = tuple(map(price, decisions.orders))
    flow = flow_of(case, orders, decisions)
    stores = stores_of(case, flow)
    draws = total(((d.source, d.week), d.usd) for d in decisions.draws)
    cash = cash_weeks(case, orders, draws)
    return Ledger(
        case=case,
        orders=orders,
        engaged=engaged_houses(orders),
        flow=flow,
        cover=reached(case, flow),
        stores=stores,
        draws=draws,
        cash=cash,
        costs=costs_of(case, orders, flow, cash, stores),
        strays=strays,
    )
