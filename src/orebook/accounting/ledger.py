"""The ledger: all that follows from a plan's decisions before a rule is asked. Rules and measures only read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.accounting.cash import Draws, cash_weeks, costs_of, engaged_houses
from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.receipts import Receipt, receipts_of
from orebook.accounting.sales import BidSale, fees_by_week, sales_of
from orebook.accounting.stock_flow import Flow, TargetReached, flow_of, reached, total
from orebook.accounting.store_use import stores_of
from orebook.accounting.weeks import CashWeek, StoreWeek
from orebook.decisions import Converted, Decisions, Order
from orebook.exact import Fraction


@dataclass(frozen=True, slots=True)
class Ledger:
    """Orders priced, tonnes in store, money paid, drawn, come in and paid back, all exact."""

    case: ExactProblem
    orders: tuple[PricedOrder, ...]
    engaged: tuple[str, ...]
    flow: Flow
    sales: tuple[BidSale, ...]
    conversions: tuple[Converted, ...]
    cover: tuple[TargetReached, ...]
    stores: tuple[StoreWeek, ...]
    draws: Draws
    repays: Draws
    receipts: tuple[Receipt, ...]
    cash: tuple[CashWeek, ...]
    costs: dict[str, Fraction]


def ledger_of(case: ExactProblem, price: Callable[[Order], PricedOrder], decisions: Decisions) -> Ledger:
    """The ledger of decisions about what the problem has; `price` prices an order of the case."""
    orders = tuple(map(price, decisions.orders))
    flow = flow_of(case, orders, decisions)
    stores = stores_of(case, flow)
    draws = total(((d.source, d.week), d.usd) for d in decisions.draws)
    repays = total(((r.source, r.week), r.usd) for r in decisions.repays)
    sales = sales_of(case.problem, decisions.sales)
    receipts = receipts_of(case.problem, flow, orders, sales)
    fees = fees_by_week(case.problem, decisions)
    cash = cash_weeks(case, orders, draws, receipts, repays, decisions.engaged, fees)
    return Ledger(
        case=case,
        orders=orders,
        engaged=engaged_houses(orders, decisions.engaged),
        flow=flow,
        sales=sales,
        conversions=decisions.conversions,
        cover=reached(case, flow, decisions.stand_ins),
        stores=stores,
        draws=draws,
        repays=repays,
        receipts=receipts,
        cash=cash,
        costs=costs_of(case, orders, flow, cash, stores),
    )
