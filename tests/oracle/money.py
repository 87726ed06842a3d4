"""How cash is drawn, from one source or two: as little of the second as may be and as late, or as much and as early.

Where money comes in, or a source ends or charges for what is not drawn, the least is found among all ways, in fractions.

Else, of two sources only one has to be chosen, week by week; let X[w] be what is drawn from it up to w. Every limit bounds
X[w], or X[w] - X[w-1], from below or above, so there is a least and a largest X, each the smallest or largest in every
week at once; and interest falls or rises with every X[w]. The best draws are one of the two: the judge says which hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from orebook.decisions import Decisions, Draw, Repay
from orebook.exact import Fraction, exact
from orebook.judge import Judge
from orebook.problem import Problem, Source
from tests.oracle.lending import Way, cheapest

ZERO = Fraction(0)


@dataclass(frozen=True)
class Money:
    """Draws and repays, and the interest and fees that they cost (USD)."""

    draws: tuple[Draw, ...]
    repays: tuple[Repay, ...]
    cost: Fraction


class MoneyWays:
    """The draws and repays of one problem; what is asked for twice is worked out once."""

    def __init__(self, problem: Problem, judge: Judge, *, funded: bool) -> None:
        self._problem, self._judge, self._funded = problem, judge, funded
        assert len(problem.sources) <= 2
        self._known: dict[tuple[tuple[Fraction, ...], tuple[Fraction, ...]], Money | None] = {}

    def best(self, decided: Decisions, cash: tuple[Fraction, ...], receipts: tuple[Fraction, ...]) -> Money | None:
        """What costs least where this cash is paid and these receipts come in, a week each; None where none keeps the rule."""
        key = (cash, receipts)
        if key not in self._known:
            self._known[key] = min(self._kept(decided, *key), key=lambda money: money.cost, default=None)
        return self._known[key]

    def _kept(self, decided: Decisions, cash: tuple[Fraction, ...], receipts: tuple[Fraction, ...]) -> Iterator[Money]:
        ways = self._ways(cash, receipts) if self._funded else [((), ())]
        for draws, repays in ways:
            judgement = self._judge.judge(replace(decided, draws=draws, repays=repays))
            if not any(b.rule == "funding" for b in judgement.breaches):
                costs = judgement.exact_costs
                yield Money(draws, repays, costs["interest_usd"] + costs["fees_usd"])

    def _ways(self, cash: tuple[Fraction, ...], receipts: tuple[Fraction, ...]) -> Iterator[Way]:
        if any(receipts) or any(
            s.to_week is not None or s.undrawn_pct or s.draw_fee_pct for s in self._problem.sources.values()
        ):
            yield from filter(None, [cheapest(self._problem, cash, receipts)])
        else:
            yield from ((draws, ()) for draws in self._candidates(cash))

    def _candidates(self, cash: tuple[Fraction, ...]) -> Iterator[tuple[Draw, ...]]:
        first, *rest = self._problem.sources.values()
        if not rest:
            yield _draws({first.name: cash})
            return  # nothing to choose
        low, high = self._bounds(cash)
        for total in (_least(low, cash), _largest(high, cash)):
            second = tuple(b - a for a, b in zip((ZERO, *total), total, strict=False))
            others = tuple(c - x for c, x in zip(cash, second, strict=True))
            if min(*second, *others) >= 0:
                yield _draws({first.name: others, rest[0].name: second})

    def _bounds(self, cash: tuple[Fraction, ...]) -> tuple[list[Fraction], list[Fraction]]:
        """What the sources leave to X[w], each week: what the first cannot give up to then, and what the second can."""
        first, second = self._problem.sources.values()
        drawn = exact(first.drawn_usd) + exact(second.drawn_usd)
        low, high = [], []
        for week, paid in enumerate(accumulate(cash), 1):
            low.append(max(ZERO, paid - _most(first, week, drawn + paid)))
            high.append(min(paid, _most(second, week, drawn + paid)))
        return low, high


def _most(source: Source, week: int, everything: Fraction) -> Fraction:
    """The most that can be drawn from a source up to a week, when so much has been drawn from all."""
    drawn = exact(source.drawn_usd)
    most = everything if source.limit_usd is None else exact(source.limit_usd) - drawn
    most = most if source.max_share is None else min(most, exact(source.max_share) * everything - drawn)
    return most if week >= source.from_week else min(most, ZERO)


def _least(low: list[Fraction], cash: tuple[Fraction, ...]) -> list[Fraction]:
    """The smallest X: at least `low`, at least what later weeks cannot catch up, never falling."""
    need = list(low)
    for w in range(len(need) - 2, -1, -1):
        need[w] = max(need[w], need[w + 1] - cash[w + 1])
    return list(accumulate(need, max))


def _largest(high: list[Fraction], cash: tuple[Fraction, ...]) -> list[Fraction]:
    """The largest X: at most `high` now and in every later week, rising by no more than a week's cash."""
    room = list(high)
    for w in range(len(room) - 2, -1, -1):
        room[w] = min(room[w], room[w + 1])
    for w in range(len(room)):
        room[w] = min(room[w], (room[w - 1] if w else ZERO) + cash[w])
    return room


def _draws(by_source: dict[str, tuple[Fraction, ...]]) -> tuple[Draw, ...]:
    return tuple(
        Draw(source, week, usd) for source, amounts in by_source.items() for week, usd in enumerate(amounts, 1) if usd
    )
