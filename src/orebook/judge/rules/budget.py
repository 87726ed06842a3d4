"""The plan keeps its budget, pays nothing before the money comes free, and keeps each mineral's own budget.

cash over the plan <= budget_usd;  cash up to w <= released up to w;  order cash of a mineral <= its budget_usd

Where money may come in, receipts are taken off cash, and the budget holds in every week: what comes later pays for nothing
before.

Frozen tickets, with what inbound orders owe, that come to more are the limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.cash import cash_weeks
from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond_cent
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import usd
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows budget_total, budget_week[w], budget_released[w] and budget_mineral[i], in USD."""
    problem = ledger.case.problem
    frozen = tuple(o for o in ledger.orders if o.frozen)
    stands = [w.cash_to_date_usd for w in cash_weeks(ledger.case, frozen)] if frozen else [ZERO] * problem.weeks
    if problem.budget_usd is not None:
        budget = exact(problem.budget_usd)
        yield from _over("budget_total", "the plan", ledger.cash[-1].net_to_date_usd, budget, stands[-1])
        for week, standing in zip(ledger.cash[:-1], stands, strict=False) if problem.money_returns_from else ():
            what = f"the plan up to week {week.week}, receipts taken off,"
            yield from _over(f"budget_week[{week.week}]", what, week.net_to_date_usd, budget, standing)
    for week, standing in zip(ledger.cash, stands, strict=True):
        free = week.released_to_date_usd
        if free is not None:
            what = f"the plan up to week {week.week}"
            yield from _over(f"budget_released[{week.week}]", what, week.net_to_date_usd, free, standing)
    spent = total((o.offer.mineral, o.order_cash) for o in ledger.orders)
    spent_before = total((o.offer.mineral, o.order_cash) for o in frozen)
    for mineral, cash in spent.items():
        own = problem.minerals[mineral].budget_usd
        if own is not None:
            row, what = f"budget_mineral[{mineral}]", f"tickets for {mineral}"
            yield from _over(row, what, cash, exact(own), spent_before.get(mineral, ZERO))


def _over(row: str, what: str, cash: Fraction, limit: Fraction, frozen: Fraction) -> Iterator[Breach]:
    """USD over a limit, or over what frozen tickets cost where that is more."""
    most = max(limit, frozen)
    if by := beyond_cent(cash - most, most):
        yield Breach("budget", row, by, most, "USD", f"{usd(cash)} are paid for {what}, {usd(most)} may be")
