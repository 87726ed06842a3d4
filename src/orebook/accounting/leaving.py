"""What leaves the stores: drawn by members, sold to bids, taken to be converted, and what was in a store that closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from orebook.accounting.sales import conversion_in
from orebook.decisions import Decisions
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import gram_below
from orebook.problem import Problem

Taken = Mapping[tuple[str, str, int], Fraction]
"""(mineral, site, week) -> tonnes taken out."""


@dataclass(frozen=True, slots=True)
class MadeGoods:
    """What comes of a conversion of a week, in the week in which it is back."""

    conversion: str
    week: int
    mineral: str
    arrives: int
    tonnes: Fraction


def taken_out(problem: Problem, decisions: Decisions) -> dict[tuple[str, str, int], Fraction]:
    """What is taken out of each store in each week."""
    taken: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    for key, tonnes in chain(_drawn(problem, decisions), _sold(problem, decisions), _converted(problem, decisions)):
        taken[key] += tonnes
    return dict(taken)


def _drawn(problem: Problem, decisions: Decisions) -> Iterator[tuple[tuple[str, str, int], Fraction]]:
    for out in decisions.outs:
        withdrawal = problem.withdrawals[out.withdrawal]
        yield (withdrawal.mineral, out.site, withdrawal.week), out.tonnes


def _sold(problem: Problem, decisions: Decisions) -> Iterator[tuple[tuple[str, str, int], Fraction]]:
    for sale in decisions.sales:
        yield (problem.bids[sale.bid].mineral, sale.site, sale.week), sale.tonnes


def _converted(problem: Problem, decisions: Decisions) -> Iterator[tuple[tuple[str, str, int], Fraction]]:
    for taken in decisions.conversions:
        yield (problem.conversions[taken.conversion].source, taken.site, taken.week), taken.tonnes


def made_of(problem: Problem, decisions: Decisions) -> tuple[MadeGoods, ...]:
    """What conversions bring, in whole grams, also after the plan; those that bring nothing left out."""
    taken: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for part in decisions.conversions:
        taken[part.conversion, part.week] += part.tonnes
    found = []
    for (name, week), tonnes in sorted(taken.items()):
        conversion = conversion_in(problem, name, week)
        gives = gram_below(exact(conversion.yield_t) * tonnes)
        if gives > 0:
            found.append(MadeGoods(name, week, conversion.into, week + conversion.lead_weeks, gives))
    return tuple(found)


def left_to_date(
    problem: Problem, taken: Taken, stock: Mapping[tuple[str, str, int], Fraction]
) -> dict[tuple[str, int], Fraction]:
    """(mineral, week) -> tonnes that have left up to its end, those of stores that closed before it too."""
    by_week: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for (mineral, _, week), tonnes in taken.items():
        by_week[mineral, week] += tonnes
    for week in range(2, problem.weeks + 1) if problem.world is not None else ():
        for site in problem.at(week - 1).sites.keys() - problem.at(week).sites.keys():
            for mineral in problem.minerals:
                by_week[mineral, week] += stock.get((mineral, site, week - 1), ZERO)
    left: dict[tuple[str, int], Fraction] = {}
    for mineral in {mineral for mineral, _ in by_week}:
        total = ZERO
        for week in range(1, problem.weeks + 1):
            total += by_week.get((mineral, week), ZERO)
            left[mineral, week] = total
    return left
