"""Prices as weekly walks whose mean is today's price, drawn from the instance's volatilities and correlations.

In week w the price of a mineral is its benchmark times exp(v[w] z[w] - v[w]^2 / 2),  v[w] = volatility a week * sqrt(w - 1),
with v[w] z[w] the sum of w - 1 weekly steps that have the correlations of correlations.csv. Week 1 is known.
"""

from __future__ import annotations

import numpy as np

from orebook.problem import Problem
from orebook.scenarios.draws import Floats, correlation_root, weekly_volatility


def price_walks(problem: Problem, count: int, seed: int) -> tuple[list[str], Floats]:
    """The minerals whose price moves, and their factors: a draw, a week 2..T and a mineral; of a seed the first are the same.

    Raises InputError where the instance has no volatilities.
    """
    sigma = weekly_volatility(problem)
    names = list(sigma)
    spread = np.array([sigma[name] for name in names])
    shape = (count, problem.weeks - 1, len(names))
    steps = np.random.Generator(np.random.PCG64(seed)).standard_normal(shape) @ correlation_root(problem, names).T
    passed = np.arange(1, problem.weeks)[:, np.newaxis]
    factors: Floats = np.exp(spread * np.cumsum(steps, axis=1) - passed * spread**2 / 2)
    return names, factors
