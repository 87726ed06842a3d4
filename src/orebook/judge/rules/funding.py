"""Each week's cash is drawn from the sources, exactly and not ahead, within what each source gives.

sum of draws in w = cash in w;  drawn_usd + draws up to w <= limit_usd;  no draw before from_week;
drawn_usd + draws up to w <= max_share of the same over all sources
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_cent
from orebook.accounting.weeks import CashWeek
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import percent, usd
from orebook.judge.judgement import Breach
from orebook.problem import Source


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows week_funded[w], source_limit[f,w] and source_start[f,w] in USD, source_share[f,w] as a part of 1."""
    sources = ledger.case.problem.sources
    drawn = {name: exact(source.drawn_usd) for name, source in sources.items()}
    for week in ledger.cash:
        yield from _funded(week)
        for name, usd_drawn in week.draws_usd.items():
            drawn[name] += usd_drawn
        everything = sum(drawn.values(), ZERO)
        for name, source in sources.items():
            yield from _limit(source, week, drawn[name])
            row = ledger.case.problem.at(week.week).sources.get(name)
            yield from _source(
                row or replace(source, from_week=week.week + 1, max_share=None), week, drawn[name], everything
            )


def _funded(week: CashWeek) -> Iterator[Breach]:
    drawn, cash = sum(week.draws_usd.values(), ZERO), week.cash_usd
    if by := beyond_cent(abs(drawn - cash), cash):
        says = f"week {week.week}: {usd(cash)} are paid, {usd(drawn)} are drawn"
        yield Breach("funding", f"week_funded[{week.week}]", by, cash, "USD", says)


def _limit(source: Source, week: CashWeek, drawn: Fraction) -> Iterator[Breach]:
    if source.limit_usd is not None:
        limit = exact(source.limit_usd)
        if by := beyond_cent(drawn - limit, limit):
            says = f"{usd(drawn)} are drawn from {source.name} up to week {week.week}, at most {usd(limit)}"
            yield Breach("funding", f"source_limit[{source.name},{week.week}]", by, limit, "USD", says)


def _source(source: Source, week: CashWeek, drawn: Fraction, everything: Fraction) -> Iterator[Breach]:
    name, w = source.name, week.week
    early = week.draws_usd[name]
    if w < source.from_week and (by := beyond_cent(early, ZERO)):
        says = f"{usd(early)} are drawn from {name} in week {w}, before week {source.from_week}"
        yield Breach("funding", f"source_start[{name},{w}]", by, ZERO, "USD", says)
    if source.max_share is not None:
        share = exact(source.max_share)
        if by := beyond_cent(drawn - share * everything, share * everything):
            says = (
                f"{percent(drawn / everything)} of all draws up to week {w} are from {name}, at most {percent(share)}"
            )
            yield Breach("funding", f"source_share[{name},{w}]", by / everything, share, "share", says)
