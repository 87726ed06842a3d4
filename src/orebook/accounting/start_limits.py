"""What stock, inbound orders and frozen tickets alone bring, and the limits that it loosens.

A start that already breaks a limit is no reason to have no plan: that week's limit becomes what stock and inbound orders, and
the goods of frozen tickets, would bring to it, withdrawals left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import accumulate

from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Site

Opening = Mapping[tuple[str, str, int], Fraction]


def opening_stock(problem: Problem) -> dict[tuple[str, str, int], Fraction]:
    """(mineral, site, week 1..T) -> tonnes in store at the end of the week if nothing were ordered or taken out."""
    comes: dict[tuple[str, str], list[Fraction]] = {
        (i, s): [exact(problem.stock.get((i, s), 0)), *[ZERO] * problem.weeks]
        for i in problem.minerals
        for s in problem.sites
    }
    for order in problem.inbound:
        comes[order.mineral, order.site][order.week] += exact(order.tonnes)
    return {
        (i, s, week): held if s in problem.at(week).sites else ZERO
        for (i, s), tonnes in comes.items()
        for week, held in enumerate(accumulate(tonnes))
        if week > 0
    }


def released(problem: Problem) -> tuple[Fraction, ...] | None:
    """USD that has come free up to week 1, 2 .. T; None where there is no release limit."""
    if problem.released is None:
        return None
    by_week = (exact(problem.released.get(week, 0)) for week in range(1, problem.weeks + 1))
    return tuple(accumulate(by_week))


def store_limits(
    problem: Problem,
    opening: Opening,
    limit_of: Callable[[Site], float | None],
    per_tonne: Callable[[str, int], Fraction],
) -> dict[tuple[str, int], Fraction | None]:
    """(site, week) -> the site's limit, or what the opening stock alone comes to where that is more; 0 where it is closed."""
    weeks = range(1, problem.weeks + 1)
    rows = {(name, week): problem.at(week).sites.get(name) for name in problem.sites for week in weeks}
    limits = {key: 0.0 if row is None else limit_of(row) for key, row in rows.items()}
    start: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for (mineral, site, week), tonnes in opening.items():
        if tonnes and limits[site, week] is not None:
            start[site, week] += tonnes * per_tonne(mineral, week)
    return {key: None if limit is None else max(exact(limit), start[key]) for key, limit in limits.items()}


def ceilings(problem: Problem, opening: Opening) -> dict[tuple[str, int], Fraction]:
    """(mineral, week) -> most tonnes held, for minerals with a use and max_days."""
    start: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for (mineral, _, week), tonnes in opening.items():
        start[mineral, week] += tonnes
    return {
        (m.name, week): max(exact(m.max_days) * exact(m.use_t_per_day), start[m.name, week])
        for week in range(1, problem.weeks + 1)
        for m in problem.at(week).minerals.values()
        if m.max_days is not None and m.use_t_per_day > 0
    }
