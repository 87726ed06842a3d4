"""What lapses: goods that were in store too long and did not leave in time, first in, first out.

due[i,w]   = stock with age_weeks + w > shelf_weeks + inbound of weeks <= w - shelf_weeks
waste[i,w] = max(waste[i,w-1], due[i,w] - what left up to w, 0)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem

Tonnes = Mapping[tuple[str, int], Fraction]
"""(mineral, week) -> tonnes."""


def due_of(problem: Problem) -> dict[tuple[str, int], Fraction]:
    """What would lapse by the end of each week if nothing left; of every mineral that ages, in every week."""
    lapses: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for (mineral, _, age), tonnes in problem.stock_by_age.items():
        shelf = problem.at(1).minerals[mineral].shelf_weeks
        if shelf is not None:
            lapses[mineral, max(1, shelf - age + 1)] += exact(tonnes)
    for order in problem.inbound:
        shelf = problem.at(order.week).minerals[order.mineral].shelf_weeks
        if shelf is not None:
            lapses[order.mineral, order.week + shelf] += exact(order.tonnes)
    due: dict[tuple[str, int], Fraction] = {}
    for mineral in filter(problem.ages, problem.minerals):
        total = ZERO
        for week in range(1, problem.weeks + 1):
            total += lapses.get((mineral, week), ZERO)
            due[mineral, week] = total
    return due


def lapsing_of(due: Tonnes, weeks: int) -> dict[str, Fraction]:
    """Mineral -> what lapses by the plan's end if none of it leaves."""
    return {mineral: tonnes for (mineral, week), tonnes in due.items() if week == weeks}


def waste_of(due: Tonnes, left: Tonnes) -> dict[tuple[str, int], Fraction]:
    """What has lapsed by the end of each week; `left` is what has left up to it."""
    waste: dict[tuple[str, int], Fraction] = {}
    for (mineral, week), tonnes in due.items():
        before = waste.get((mineral, week - 1), ZERO)
        waste[mineral, week] = max(before, tonnes - left.get((mineral, week), ZERO), ZERO)
    return waste
