"""What each source of money lends, week by week: draws, repays, balance, interest and fees, in fractions.

balance[w]  = drawn_usd + draws - repays up to and with w
interest[w] = rate_pct/100/52 * balance[w]
fees[w]     = undrawn_pct/100/52 * (limit_usd - balance[w]) up to to_week + draw_fee_pct/100 * draw[w]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orebook.accounting.weeks import CashWeek
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Source

WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class LentWeek:
    """A week of a source of money, in USD: what moves, what is drawn at its end, and what is charged for it."""

    week: int
    drawn_usd: Fraction
    repaid_usd: Fraction
    balance_usd: Fraction
    undrawn_usd: Fraction | None
    """Limit less balance, 0 after the last week of draws; None where there is no limit."""
    interest_usd: Fraction
    undrawn_fee_usd: Fraction
    draw_fee_usd: Fraction

    @property
    def fees_usd(self) -> Fraction:
        """Both fees of the week."""
        return self.undrawn_fee_usd + self.draw_fee_usd


def lent_weeks(problem: Problem, source: Source, cash: Sequence[CashWeek]) -> Iterator[LentWeek]:
    """The first weeks of a source, at the terms that each of them has."""
    limit = None if source.limit_usd is None else exact(source.limit_usd)
    for week, balance in zip(cash, balances(source, cash), strict=True):
        row, drawn = problem.source(source.name, week.week), week.draws_usd[source.name]
        undrawn = None if limit is None else ZERO if row.ended(week.week) else limit - balance
        yield LentWeek(
            week=week.week,
            drawn_usd=drawn,
            repaid_usd=week.repays_usd[source.name],
            balance_usd=balance,
            undrawn_usd=undrawn,
            interest_usd=_of_a_week(balance, row.rate_pct),
            undrawn_fee_usd=_of_a_week(undrawn or ZERO, row.undrawn_pct),
            draw_fee_usd=drawn * exact(row.draw_fee_pct) / 100 if row.draw_fee_pct else ZERO,
        )


def interest_of(problem: Problem, cash: Sequence[CashWeek]) -> Fraction:
    """Interest of the first weeks (USD): a week's is on the balance after its draws and repays."""
    sources = problem.sources.values()
    return sum((week.interest_usd for s in sources for week in lent_weeks(problem, s, cash)), ZERO)


def fees_of(problem: Problem, cash: Sequence[CashWeek]) -> Fraction:
    """Fees of sources in the first weeks (USD): on what is not drawn of their limits, and on each draw."""
    weeks = (week for source in problem.sources.values() for week in lent_weeks(problem, source, cash))
    return sum((week.fees_usd for week in weeks), ZERO)


def balances(source: Source, cash: Iterable[CashWeek]) -> Iterator[Fraction]:
    """What is drawn of a source after the draws and repays of each week, the first first (USD)."""
    balance = exact(source.drawn_usd)
    for week in cash:
        balance += week.draws_usd[source.name] - week.repays_usd[source.name]
        yield balance


def _of_a_week(amount: Fraction, pct: float) -> Fraction:
    """A week's part of so many % a year."""
    return amount * exact(pct) / 100 / WEEKS_A_YEAR if pct else ZERO
