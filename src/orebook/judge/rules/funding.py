"""Each week's cash is drawn from the sources or paid from what came in, exactly and not ahead, within what each source gives.

sum of draws in w = cash in w;  drawn_usd + draws up to w <= limit_usd;  no draw before from_week or after to_week;
drawn_usd + draws up to w <= max_share of the same over all sources

Where money may come in:  draws + receipts + idle before >= cash + repays, what is left being idle;  draws <= cash;
0 <= drawn_usd + draws - repays up to w <= limit_usd.  Shares stay those of draws, repays not taken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orebook.accounting.ledger import Ledger
from orebook.accounting.lending import balances
from orebook.accounting.tolerance import beyond_cent
from orebook.accounting.weeks import CashWeek
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import percent, usd
from orebook.judge.judgement import Breach
from orebook.problem import Source


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows of money by week and source, in USD; source_share[f,w] as a part of 1."""
    sources = ledger.case.problem.sources
    drawn = {name: exact(source.drawn_usd) for name, source in sources.items()}
    lent = {name: list(balances(source, ledger.cash)) for name, source in sources.items()}
    returns, idle = ledger.case.problem.money_returns_from is not None, ZERO
    for place, week in enumerate(ledger.cash):
        yield from _paid(week, idle) if returns else _drawn_exactly(week)
        idle = week.idle_usd
        for name, usd_drawn in week.draws_usd.items():
            drawn[name] += usd_drawn
        everything = sum(drawn.values(), ZERO)
        for name, source in sources.items():
            row = ledger.case.problem.source(name, week.week)
            yield from _times(row, week)
            yield from _balance(source, week, lent[name][place])
            yield from _share(row, week, drawn[name], everything)


def _drawn_exactly(week: CashWeek) -> Iterator[Breach]:
    """Nothing comes in: each week's draws are its cash, and nothing can be paid back."""
    drawn, repaid, cash = _sum(week.draws_usd), _sum(week.repays_usd), week.cash_usd
    if by := beyond_cent(max(drawn - cash, cash + repaid - drawn), cash):
        back = f", {usd(repaid)} are paid back" if repaid else ""
        says = f"week {week.week}: {usd(cash)} are paid, {usd(drawn)} are drawn{back}"
        yield Breach("funding", f"week_funded[{week.week}]", by, cash, "USD", says)


def _paid(week: CashWeek, idle: Fraction) -> Iterator[Breach]:
    """What is paid and paid back is there, and nothing is drawn but to pay for the week."""
    drawn, repaid, cash = _sum(week.draws_usd), _sum(week.repays_usd), week.cash_usd
    there = drawn + week.receipts_usd + idle
    if by := beyond_cent(cash + repaid - there, cash):
        says = (
            f"week {week.week}: {usd(cash)} are paid and {usd(repaid)} paid back, of {usd(drawn)} drawn, "
            f"{usd(week.receipts_usd)} come in and {usd(idle)} left idle"
        )
        yield Breach("funding", f"week_funded[{week.week}]", by, cash, "USD", says)
    if by := beyond_cent(drawn - cash, cash):
        says = f"week {week.week}: {usd(drawn)} are drawn, where {usd(cash)} are paid"
        yield Breach("funding", f"draws_needed[{week.week}]", by, cash, "USD", says)


def _sum(by_source: Mapping[str, Fraction]) -> Fraction:
    return sum(by_source.values(), ZERO)


def _times(source: Source, week: CashWeek) -> Iterator[Breach]:
    """No draw but in the weeks in which a source lends."""
    name, w, drawn = source.name, week.week, week.draws_usd[source.name]
    if w < source.from_week and (by := beyond_cent(drawn, ZERO)):
        says = f"{usd(drawn)} are drawn from {name} in week {w}, before week {source.from_week}"
        yield Breach("funding", f"source_start[{name},{w}]", by, ZERO, "USD", says)
    if source.to_week is not None and w > source.to_week and (by := beyond_cent(drawn, ZERO)):
        says = f"{usd(drawn)} are drawn from {name} in week {w}, after week {source.to_week}"
        yield Breach("funding", f"source_end[{name},{w}]", by, ZERO, "USD", says)


def _balance(source: Source, week: CashWeek, lent: Fraction) -> Iterator[Breach]:
    """What is drawn and not paid back is no more than the limit, and not below nothing."""
    name, w = source.name, week.week
    if source.limit_usd is not None:
        limit = exact(source.limit_usd)
        if by := beyond_cent(lent - limit, limit):
            says = f"{usd(lent)} are drawn from {name} up to week {w}, at most {usd(limit)}"
            yield Breach("funding", f"source_limit[{name},{w}]", by, limit, "USD", says)
    if by := beyond_cent(-lent, ZERO):
        says = f"{usd(-lent)} more are paid back to {name} up to week {w} than are drawn"
        yield Breach("funding", f"source_repaid[{name},{w}]", by, ZERO, "USD", says)


def _share(source: Source, week: CashWeek, drawn: Fraction, everything: Fraction) -> Iterator[Breach]:
    name, w = source.name, week.week
    if source.max_share is not None:
        share = exact(source.max_share)
        if by := beyond_cent(drawn - share * everything, share * everything):
            says = (
                f"{percent(drawn / everything)} of all draws up to week {w} are from {name}, at most {percent(share)}"
            )
            yield Breach("funding", f"source_share[{name},{w}]", by / everything, share, "share", says)
