"""What lies in store at the end of each week, at the market: tonnes at the benchmark of the week, by mineral."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.accounting.stock_flow import total
from orebook.exact import Fraction, exact
from orebook.plan import Plan


@dataclass(frozen=True, slots=True)
class Stored:
    """A mineral in all stores at the end of a week: tonnes, and USD at the week's benchmark."""

    week: int
    mineral: str
    tonnes: Fraction
    usd: Fraction


def stored(plan: Plan) -> Iterator[Stored]:
    """Every mineral of which there is any, week by week."""
    tonnes = total(((week, mineral), t) for (mineral, _site, week), t in plan.judgement.stock.items())
    for (week, mineral), there in sorted(tonnes.items()):
        if there:
            yield Stored(week, mineral, there, there * exact(plan.problem.benchmark[mineral, week]))


def worth(plan: Plan) -> dict[int, Fraction]:
    """Week -> USD of all that lies in store at its end."""
    found = total((s.week, s.usd) for s in stored(plan))
    return {week: found.get(week, Fraction(0)) for week in range(1, plan.problem.weeks + 1)}


def covers(stock: Fraction, balance: Fraction) -> Fraction | None:
    """Stock at the market over a balance; None where nothing is lent."""
    return stock / balance if balance > 0 else None
