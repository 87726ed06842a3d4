"""Prices as weekly walks whose mean is today's price, drawn from the instance's volatilities and correlations.

In week w the price of a mineral is its benchmark times exp(v[w] z[w] - v[w]^2 / 2),  v[w] = volatility a week * sqrt(w - 1),
with v[w] z[w] the sum of w - 1 weekly steps that have the correlations of correlations.csv. Week 1 is known. Offers quoted at a
price of their own do not move.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.quoting import figure
from orebook.reading.text import fault
from orebook.scenarios.volatility import Floats, correlation_root, weekly_volatility


def price_walks(problem: Problem, count: int, seed: int) -> tuple[list[str], Floats]:
    """The minerals whose price moves, and their factors: a draw, a week 2..T and a mineral; of a seed the first are the same.

    Raises InputError where the instance has no volatilities, or one week.
    """
    refuse_one_week(problem)
    sigma = weekly_volatility(problem)
    names = list(sigma)
    spread = np.array([sigma[name] for name in names])
    shape = (count, problem.weeks - 1, len(names))
    steps = np.random.Generator(np.random.PCG64(seed)).standard_normal(shape) @ correlation_root(problem, names).T
    passed = np.arange(1, problem.weeks)[:, np.newaxis]
    factors: Floats = np.exp(spread * np.cumsum(steps, axis=1) - passed * spread**2 / 2)
    return names, factors


def price_changes(problem: Problem, names: Sequence[str], factors: Floats, first: int = 2) -> list[str]:
    """Each price in each week from `first` to T: the row that prices.csv has, else a new one."""
    listed = {(row.mineral, row.week) for row in problem.document.rows("prices")}
    found = []
    for place, name in enumerate(names):
        for week in range(first, problem.weeks + 1):
            price = figure(problem.benchmark[name, week] * float(factors[week - 2, place]), 6)
            there = (name, week) in listed
            cell = f"prices.{name}/{week}.price_usd_per_t={price}"
            found.append(cell if there else f"prices+=mineral:{name},week:{week},price_usd_per_t:{price}")
    return found


def refuse_one_week(problem: Problem) -> None:
    """Raises InputError where there is no week in which anything could be drawn."""
    if problem.weeks == 1:
        says = "the plan has one week, and week 1 is known: nothing can be drawn"
        raise InputError([fault("instance.toml", None, "one_week", says)])
