"""What stands for another mineral is there, is counted once, and is no more than its part of the target.

own[k,w] = stock[k,w] - waste[k,w] - sum over i of by[i,k,w] >= 0;  factor * by[i,k,w] <= max_share * target[i,w]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_gram
from orebook.decisions import StandIn
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows own_stock[k,w] and stand_in_most[i,k,w], in t."""
    given: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for reached in ledger.cover:
        for stand_in in reached.stand_ins:
            given[stand_in.by, stand_in.week] += stand_in.tonnes
            yield from _of_target(ledger, stand_in, reached.aim.target_t)
    for (mineral, week), tonnes_given in sorted(given.items()):
        there = ledger.flow.usable(mineral, week)
        if by := beyond_gram(tonnes_given - there, there):
            says = f"{tonnes(tonnes_given)} of {mineral} stand for others at the end of week {week}, {tonnes(there)} are there"
            yield Breach("substitute", f"own_stock[{mineral},{week}]", by, there, "t", says)


def _of_target(ledger: Ledger, stand_in: StandIn, target: Fraction) -> Iterator[Breach]:
    row = ledger.case.problem.at(stand_in.week).substitutes[stand_in.mineral, stand_in.by]
    part = Fraction(1) if row.max_share is None else exact(row.max_share)
    most = part * target / exact(row.factor)
    if by := beyond_gram(stand_in.tonnes - most, most):
        says = (
            f"{tonnes(stand_in.tonnes)} of {stand_in.by} stand for {stand_in.mineral} in week {stand_in.week}, "
            f"at most {tonnes(most)} may"
        )
        keys = f"{stand_in.mineral},{stand_in.by},{stand_in.week}"
        yield Breach("substitute", f"stand_in_most[{keys}]", by, most, "t", says)
