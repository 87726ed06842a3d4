"""A problem with the news of its later weeks known from the first: what foresight plans.

News comes more than once: the world before the second has itself a world before the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from orebook.changes import changed
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.rolling.coming_true import News
from orebook.schema.tables import InTransit
from orebook.world import world_of


def foreseen(problem: Problem, coming: Iterable[tuple[int, News]]) -> Problem:
    """The problem in whose week each news acts; its change counts weeks as the problem does.

    News of no later week of the problem, or that changes nothing, is passed over.
    """
    world = now = problem
    for week, news in sorted(coming, key=lambda pair: pair[0]):
        if not 2 <= week <= problem.weeks:
            continue
        try:
            after = changed(now, [news.change])
        except InputError:
            continue
        transit: InTransit = "arrive" if news.in_transit == "arrive" else "lost"
        world, now = world_of(world, after, week, transit, (*world.changes, news.change)), after
    return world
