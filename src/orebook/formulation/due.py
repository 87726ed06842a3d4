"""What lapses of stock and inbound goods if none of it leaves: facts, as orders do not lapse within a plan."""

from __future__ import annotations

from collections import defaultdict

from orebook.problem import Problem

Due = dict[tuple[str, int], float]
"""(mineral, week) -> tonnes that have lapsed by its end if none left, where there are any."""


def due_of(problem: Problem) -> Due:
    """What would lapse if nothing left, from the week on in which the first does."""
    lapses: Due = defaultdict(float)
    for (mineral, _, age), tonnes in problem.stock_by_age.items():
        shelf = problem.at(1).minerals[mineral].shelf_weeks
        if shelf is not None and shelf - age + 1 <= problem.weeks:
            lapses[mineral, max(1, shelf - age + 1)] += tonnes
    for order in problem.inbound:
        shelf = problem.at(order.week).minerals[order.mineral].shelf_weeks
        if shelf is not None and order.week + shelf <= problem.weeks and order.tonnes > 0:
            lapses[order.mineral, order.week + shelf] += order.tonnes
    due: Due = {}
    for mineral in sorted({mineral for mineral, _ in lapses}):
        total = 0.0
        for week in range(min(w for i, w in lapses if i == mineral), problem.weeks + 1):
            total += lapses.get((mineral, week), 0.0)
            due[mineral, week] = total
    return due


def lapsing_of(problem: Problem) -> dict[str, float]:
    """Mineral -> tonnes that lapse by the plan's end if none of it leaves, where there are any."""
    return {mineral: tonnes for (mineral, week), tonnes in due_of(problem).items() if week == problem.weeks}
