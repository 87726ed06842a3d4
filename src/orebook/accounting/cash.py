"""Where the money goes: cash by week, what is lent for it, and what the plan costs.

cash[w] = orders due in w + engagement fees (week 1) + what inbound orders owe in w + fees of sales and conversions in w
idle[w] = idle[w-1] + draws + receipts - cash - repays       of draws no more than the week's cash, and not below 0
total   = cash - receipts + handling of what is put away + rent on end-of-week volume + interest on what is drawn
          + fees on what is not drawn and on draws
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.lending import fees_of, interest_of
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.receipts import Receipt
from orebook.accounting.stock_flow import Flow, total
from orebook.accounting.weeks import CashWeek, StoreWeek
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem

Draws = Mapping[tuple[str, int], Fraction]
"""(source, week) -> USD drawn, or paid back."""
NOTHING: Draws = MappingProxyType({})


def engaged_houses(orders: tuple[PricedOrder, ...], engaged: Iterable[str] = ()) -> tuple[str, ...]:
    """Every house with a ticket, engaged before or not, and those engaged without one, in order."""
    return tuple(sorted({o.offer.house for o in orders} | set(engaged)))


def cash_weeks(
    case: ExactProblem,
    orders: tuple[PricedOrder, ...],
    draws: Draws = NOTHING,
    receipts: Iterable[Receipt] = (),
    repays: Draws = NOTHING,
    engaged: Iterable[str] = (),
    fees: Iterable[tuple[int, Fraction, Fraction]] = (),
) -> tuple[CashWeek, ...]:
    """Weeks 1..T; what falls due later is not cash of the plan. `engaged`: houses that are so without a ticket, `fees`: of
    sales and of conversions, in a week."""
    sources = case.problem.sources
    come = total((r.week, r.usd) for r in receipts)
    paid = total(payment for order in orders for payment in _payments(order))
    due = total((i.week, exact(i.due_usd)) for i in case.problem.inbound)
    listed = tuple(fees)
    of_sales = total((week, usd) for week, usd, _ in listed)
    of_conversions = total((week, usd) for week, _, usd in listed)
    weeks = []
    to_date = in_to_date = idle = ZERO
    for week in case.weeks:
        engage = _engage_fees(case, engaged_houses(orders, engaged)) if week == 1 else ZERO
        sale_fees, conversion_fees = of_sales.get(week, ZERO), of_conversions.get(week, ZERO)
        cash = paid.get(week, ZERO) + engage + due.get(week, ZERO) + sale_fees + conversion_fees
        to_date += cash
        in_to_date += come.get(week, ZERO)
        drawn = {source: draws.get((source, week), ZERO) for source in sources}
        repaid = {source: repays.get((source, week), ZERO) for source in sources}
        spent = cash + sum(repaid.values(), ZERO) - min(cash, sum(drawn.values(), ZERO))
        idle = max(ZERO, idle + come.get(week, ZERO) - spent) if case.model.on("funding") else ZERO
        weeks.append(
            CashWeek(
                week=week,
                orders_usd=paid.get(week, ZERO),
                engage_usd=engage,
                due_usd=due.get(week, ZERO),
                sale_fees_usd=sale_fees,
                conversion_fees_usd=conversion_fees,
                cash_usd=cash,
                cash_to_date_usd=to_date,
                released_to_date_usd=case.released[week - 1] if case.released is not None else None,
                draws_usd=drawn,
                repays_usd=repaid,
                receipts_usd=come.get(week, ZERO),
                receipts_to_date_usd=in_to_date,
                idle_usd=idle,
            )
        )
    return tuple(weeks)


def costs_of(
    case: ExactProblem,
    orders: tuple[PricedOrder, ...],
    flow: Flow,
    cash: tuple[CashWeek, ...],
    stores: tuple[StoreWeek, ...],
) -> dict[str, Fraction]:
    """The fields of `orebook.schema.plan.Costs`, in USD."""
    costs = {
        "goods_usd": sum((o.goods for o in orders), ZERO),
        "commission_usd": sum((o.commission for o in orders), ZERO),
        "duty_usd": sum((o.duty for o in orders), ZERO),
        "freight_usd": sum((o.freight for o in orders), ZERO),
        "top_up_usd": sum((o.top_up for o in orders), ZERO),
        "levy_usd": sum((o.levy for o in orders), ZERO),
        "order_fees_usd": sum((o.fee for o in orders), ZERO),
        "engage_fees_usd": cash[0].engage_usd,
        "due_usd": sum((week.due_usd for week in cash), ZERO),
        "sale_fees_usd": sum((week.sale_fees_usd for week in cash), ZERO),
        "conversion_fees_usd": sum((week.conversion_fees_usd for week in cash), ZERO),
        "later_usd": sum((o.on_arrival for o in orders if o.rest_paid not in case.weeks and not o.astray), ZERO),
        "not_due_usd": -sum((o.on_arrival for o in orders if o.rest_paid not in case.weeks and o.astray), ZERO),
        "cash_usd": cash[-1].cash_to_date_usd,
        "receipts_usd": cash[-1].receipts_to_date_usd,
        "handling_usd": _handling(case, flow),
        "rent_usd": rent_of(case.problem, stores),
        "interest_usd": interest_of(case.problem, cash),
        "fees_usd": fees_of(case.problem, cash),
        "top_up_other_usd": sum((o.top_up_other for o in orders), ZERO),
    }
    carrying = costs["handling_usd"] + costs["rent_usd"] + costs["interest_usd"] + costs["fees_usd"]
    return {**costs, "total_usd": costs["cash_usd"] - costs["receipts_usd"] + carrying}


def _payments(order: PricedOrder) -> Iterator[tuple[int, Fraction]]:
    yield order.week, order.on_order
    yield order.rest_paid, order.on_arrival


def _engage_fees(case: ExactProblem, engaged: Iterable[str]) -> Fraction:
    houses = (case.problem.houses[name] for name in engaged)
    return sum((exact(h.engage_fee_usd) for h in houses if not h.engaged), ZERO)


def _handling(case: ExactProblem, flow: Flow) -> Fraction:
    problem = case.problem
    rates = {
        (name, week): exact(site.handling_usd_per_t)
        for week in case.weeks
        for name, site in problem.at(week).sites.items()
    }
    return sum((rates.get((site, week), ZERO) * tonnes for (_, site, week), tonnes in flow.put.items()), ZERO)


def rent_of(problem: Problem, stores: Iterable[StoreWeek]) -> Fraction:
    """Rent of these stores and weeks, on what is in them at the end of each (USD)."""
    there = ((s, problem.at(s.week).sites.get(s.site)) for s in stores)
    return sum((exact(site.rent_usd_per_m3_week) * s.volume_m3 for s, site in there if site is not None), ZERO)
