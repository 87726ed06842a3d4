"""The plan keeps its budget, pays nothing before the money comes free, and keeps each mineral's own budget.

cash over the plan <= budget_usd;  cash up to w <= released up to w;  order cash of a mineral <= its budget_usd
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.exact import Fraction, exact
from orebook.judge.flow import total
from orebook.judge.judgement import Breach
from orebook.judge.ledger import Ledger
from orebook.judge.tolerance import beyond_cent
from orebook.judge.wording import usd


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows budget_total, budget_released[w] and budget_mineral[i], in USD."""
    problem = ledger.case.problem
    if problem.budget_usd is not None:
        yield from _over("budget_total", "the plan", ledger.costs["cash_usd"], exact(problem.budget_usd))
    for week in ledger.cash:
        if week.released_to_date_usd is not None:
            what = f"the plan up to week {week.week}"
            yield from _over(f"budget_released[{week.week}]", what, week.cash_to_date_usd, week.released_to_date_usd)
    spent = total((o.offer.mineral, o.order_cash) for o in ledger.orders)
    for mineral, cash in spent.items():
        own = problem.minerals[mineral].budget_usd
        if own is not None:
            yield from _over(f"budget_mineral[{mineral}]", f"tickets for {mineral}", cash, exact(own))


def _over(row: str, what: str, cash: Fraction, limit: Fraction) -> Iterator[Breach]:
    if by := beyond_cent(cash - limit, limit):
        yield Breach("budget", row, by, limit, "USD", f"{usd(cash)} are paid for {what}, {usd(limit)} may be")
