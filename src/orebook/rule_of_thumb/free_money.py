"""Money by week: what is free, what is paid, who it is drawn from, and what comes in and is paid back.

What is bought never counts on money that comes in: what does is spent before anything is drawn, and then paid back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.weeks import CashWeek
from orebook.decisions import Draw, Repay
from orebook.exact import ZERO, Fraction, exact
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
        funded = settled(self._problem.sources, cash, [0.0] * len(cash), float) if model.on("funding") else ()
        return all(week.missing <= HALF_A_CENT for week in funded)

    def pay(self, payments: Payments) -> None:
        """Make the payments; those after the last week are not of the plan."""
        for week in payments.keys() & self._paid.keys():
            self._paid[week] += payments[week]


@dataclass(frozen=True, slots=True)
class Settled(Generic[N]):
    """What each source gives in a week and is paid back, and what none can give (USD)."""

    given: Mapping[str, N]
    back: Mapping[str, N]
    missing: N


def moved(case: ExactProblem, weeks: Sequence[CashWeek]) -> tuple[tuple[Draw, ...], tuple[Repay, ...]]:
    """Draws that pay each week's cash, and repays; what no source can give is drawn from the first.

    Where shares of sources leave too little to draw once receipts pay, receipts pay for nothing and lie idle.
    """
    if not case.model.on("funding"):
        return (), ()
    sources, cash = case.problem.sources, [w.cash_usd for w in weeks]
    found = list(settled(sources, cash, [w.receipts_usd for w in weeks], exact))
    if any(week.missing > HALF_A_CENT for week in found):
        found = list(settled(sources, cash, [ZERO for _ in weeks], exact))
    draws, repays = list[Draw](), list[Repay]()
    for number, week in enumerate(found, start=1):
        for k, (source, usd) in enumerate(week.given.items()):
            amount = usd + week.missing if k == 0 else usd
            draws += [Draw(source, number, amount)] if amount > 0 else []
        repays += [Repay(source, number, usd) for source, usd in week.back.items() if usd > 0]
    return tuple(draws), tuple(repays)


def settled(
    sources: Mapping[str, Source], cash: Sequence[N], receipts: Sequence[N], number: Callable[[float], N]
) -> Iterator[Settled[N]]:
    """Each week paid from what came in, then by the cheapest source; what is left goes back to the dearest.

    As exact as `number` is.
    """
    order = sorted(sources.values(), key=lambda s: (s.rate_pct, s.name))
    lent = {s.name: number(s.drawn_usd) for s in order}
    gross, idle = dict(lent), number(0)
    for week, (usd, come) in enumerate(zip(cash, receipts, strict=True), start=1):
        there = idle + come
        rest = usd - max(number(0), min(usd, there))
        idle = there - (usd - rest)
        everything, given, back = sum(gross.values(), rest), dict[str, N](), dict[str, N]()
        for s in order:
            left = rest if s.from_week <= week and not s.ended(week) else number(0)
            if s.limit_usd is not None:
                left = min(left, number(s.limit_usd) - lent[s.name])
            if s.max_share is not None:
                left = min(left, number(s.max_share) * everything - gross[s.name])
            given[s.name] = max(left, number(0))
            gross[s.name] += given[s.name]
            lent[s.name] += given[s.name]
            rest -= given[s.name]
        for s in reversed(order):
            dearer = s.rate_pct > s.undrawn_in(week)
            back[s.name] = max(number(0), min(idle, lent[s.name])) if dearer else number(0)
            lent[s.name] -= back[s.name]
            idle -= back[s.name]
        yield Settled(given, back, rest)
