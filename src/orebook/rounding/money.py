"""What a point draws and pays back, in whole cents that fit each week's judged cash and receipts to the last part of a cent.

A week that leaves nothing idle at the point leaves nothing idle: what it draws, or pays back, makes up for the rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orebook.accounting.weeks import CashWeek
from orebook.decisions import Decisions, Draw, Repay
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Source
from orebook.rounding.amounts import Values
from orebook.rounding.puts_and_outs import adding_up

CENT = Fraction(1, 100)
ByName = dict[str, Fraction]
"""Source -> USD."""


def with_money(
    problem: Problem, decisions: Decisions, weeks: Sequence[CashWeek], values: Values, *, funded: bool
) -> Decisions:
    """The same decisions with the draws, and repays, of a point. `weeks` are as judged; `funded`: whether the rule is on."""
    if not funded:
        return decisions
    draws, repays = list[Draw](), list[Repay]()
    lent, idle = {name: exact(source.drawn_usd) for name, source in problem.sources.items()}, ZERO
    for week in weeks:
        drawn, back = _settled(problem, week, values, lent, idle)
        for name in lent:
            lent[name] += drawn.get(name, ZERO) - back.get(name, ZERO)
        idle += week.receipts_usd + sum(drawn.values(), ZERO) - max(ZERO, week.cash_usd) - sum(back.values(), ZERO)
        draws += [Draw(name, week.week, usd) for name, usd in drawn.items() if usd > 0]
        repays += [Repay(name, week.week, usd) for name, usd in back.items() if usd > 0]
    return replace(decisions, draws=tuple(draws), repays=tuple(repays))


def _settled(
    problem: Problem, week: CashWeek, values: Values, lent: Mapping[str, Fraction], idle: Fraction
) -> tuple[ByName, ByName]:
    """What is drawn and what is paid back in a week, by source; `lent` and `idle` are of the end of the week before."""
    cash, there = max(ZERO, week.cash_usd), week.receipts_usd + idle
    draws, repays = (
        {f: _cents(values.get((name, (f, week.week)), 0.0)) for f in problem.sources} for name in ("draw", "repay")
    )
    if there <= 0:
        return (adding_up(draws, cash) if cash > 0 else {}), {}
    if all(source.max_share is None for source in problem.sources.values()):
        for f in draws:  # a source that lends and takes back in a week does neither, where no share counts its draws
            both = min(draws[f], repays[f])
            draws[f], repays[f] = draws[f] - both, repays[f] - both
    most = {f: lent[f] + usd for f, usd in draws.items()}
    repays = {f: most[f] if abs(most[f] - usd) < CENT and usd > 0 else usd for f, usd in repays.items()}
    back, drawn = min(sum(repays.values(), ZERO), there), sum(draws.values(), ZERO)
    if values.get(("idle", week.week), 0.0) >= float(CENT) / 2:
        drawn = min(cash, max(drawn, cash + back - there))
    else:
        if drawn == 0 or cash + back < there:
            back = max(ZERO, there - cash)
        drawn = max(ZERO, cash + back - there)
    room = {f: _room(problem.sources[f], week.week, lent[f] - repays[f]) for f in draws}
    draws = adding_up(_within(draws, drawn, room), drawn)
    repays = _within(repays, back, {f: lent[f] + draws[f] for f in repays})
    return draws, repays


def _room(source: Source, week: int, lent: Fraction) -> Fraction | None:
    """What a source can still give in a week; None: as much as is asked."""
    if week < source.from_week or (source.to_week is not None and week > source.to_week):
        return ZERO
    return None if source.limit_usd is None else max(ZERO, exact(source.limit_usd) - lent)


def _within(shares: ByName, total: Fraction, most: Mapping[str, Fraction | None]) -> ByName:
    """Shares altered so that they come to a total, as far as none is below 0 or above the most it may be: the largest first."""
    result = {f: usd if (top := most[f]) is None else min(usd, top) for f, usd in shares.items()}
    rest = total - sum(result.values(), ZERO)
    for f in sorted(result, key=lambda f: shares[f], reverse=True):
        top = most[f]
        step = max(rest, -result[f]) if top is None else max(min(rest, top - result[f]), -result[f])
        result[f], rest = result[f] + step, rest - step
    return result


def _cents(usd: float) -> Fraction:
    return Fraction(max(0, round(usd * 100)), 100)
