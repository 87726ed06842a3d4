"""Prices drawn at random, a scenario a draw: weekly walks from today's, with every price of every later week written out.

Who solves such a scenario knows the whole walk from week 1: it says what could be had with foresight.
"""

from __future__ import annotations

from orebook import arguments
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.price_walks import price_changes, price_walks
from orebook.scenarios.scenario import Scenario

MAX_DRAWS = 100_000
"""Draws of one list."""


def draws(problem: Problem, count: int, seed: int) -> list[Scenario]:
    """So many draws of all prices; a longer list of the same seed begins with a shorter one.

    Raises InputError where the instance has no volatilities or one week, where its own changes are known from a week only, and
    for a number that is no count or seed.
    """
    arguments.refuse(arguments.count("draws", count, 1, MAX_DRAWS), arguments.count("seed", seed, 0))
    if problem.world is not None:
        says = f"the plan learns of its changes in week {problem.world.known_week}; draw for one that knows them from week 1"
        raise InputError([fault("draws", None, "known_later", says)])
    names, factors = price_walks(problem, count, seed)
    return [
        Scenario(name=f"draw {k}", changes=tuple(price_changes(problem, names, walk)))
        for k, walk in enumerate(factors, 1)
    ]
