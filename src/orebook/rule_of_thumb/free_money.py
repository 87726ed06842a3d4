"""Money by week: what is free, what is paid, and who it is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Draw
from orebook.exact import Fraction, exact
from orebook.problem import Source

HALF_A_CENT = 0.005
N = TypeVar("N", float, Fraction)
Payments = Mapping[int, float]
"""week -> USD."""


class Purse:
    """Keeps the budget, its releases and what the sources give."""

    def __init__(self, case: ExactProblem) -> None:
        self._case, self._problem = case, case.problem
        self._paid = dict.fromkeys(case.weeks, 0.0)
        for order in case.problem.inbound:
            self._paid[order.week] += order.due_usd

    def affords(self, payments: Payments) -> bool:
        """Whether these payments can be made on top of what is paid already."""
        cash = [usd + payments.get(week, 0.0) for week, usd in self._paid.items()]
        model, released = self._case.model, self._case.released
        if model.on("budget"):
            most = self._problem.budget_usd
            if most is not None and sum(cash) > most:
                return False
            if released is not None and any(c > float(r) for c, r in zip(accumulate(cash), released, strict=True)):
                return False
        funded = drawn(self._problem.sources, cash, float) if model.on("funding") else ()
        return all(rest <= HALF_A_CENT for _, rest in funded)

    def pay(self, payments: Payments) -> None:
        """Make the payments; those after the last week are not of the plan."""
        for week in payments.keys() & self._paid.keys():
            self._paid[week] += payments[week]


def draws(case: ExactProblem, cash: Mapping[int, Fraction]) -> tuple[Draw, ...]:
    """Draws that pay each week's cash, the cheapest source first; what none can give is drawn from the first."""
    if not case.model.on("funding"):
        return ()
    found = []
    for week, (given, rest) in enumerate(drawn(case.problem.sources, [cash[w] for w in case.weeks], exact), start=1):
        for k, (source, usd) in enumerate(given.items()):
            amount = usd + rest if k == 0 else usd
            found += [Draw(source, week, amount)] if amount > 0 else []
    return tuple(found)


def drawn(
    sources: Mapping[str, Source], cash: Sequence[N], number: Callable[[float], N]
) -> Iterator[tuple[dict[str, N], N]]:
    """What each source gives week by week, the cheapest first, and what none can; as exact as `number` is."""
    order = sorted(sources.values(), key=lambda s: (s.rate_pct, s.name))
    balance = {s.name: number(s.drawn_usd) for s in order}
    for week, usd in enumerate(cash, start=1):
        rest, everything, given = usd, sum(balance.values(), usd), dict[str, N]()
        for s in order:
            left = rest if week >= s.from_week else number(0)
            if s.limit_usd is not None:
                left = min(left, number(s.limit_usd) - balance[s.name])
            if s.max_share is not None:
                left = min(left, number(s.max_share) * everything - balance[s.name])
            given[s.name] = max(left, number(0))
            balance[s.name] += given[s.name]
            rest -= given[s.name]
        yield given, rest
