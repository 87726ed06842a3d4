"""Prices drawn at random from the instance's volatilities and correlations, as a scenario a draw; tornados at volatility.

The price of mineral i after w weeks is today's times exp(s[i] * z[i]),  s[i] = volatility_pct[i]/100 * sqrt(w/52),
z standard normal with the correlations of correlations.csv: log-normal, with today's price as the median, all weeks of
a mineral's price moving together. Offers quoted at a price of their own do not move.
"""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from orebook import arguments
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.sweeps import priced

Floats = NDArray[np.float64]

MAX_DRAWS = 100_000
"""Draws of one list."""
MAX_WEEKS = 520
"""From now until the prices that are drawn."""
WEEKS_A_YEAR = 52


def draws(problem: Problem, count: int, seed: int, weeks: float) -> list[Scenario]:
    """So many draws of every price `weeks` from now; a longer list of the same seed begins with a shorter one.

    Raises InputError where the instance has no volatilities, and for a number that is no count, seed or time.
    """
    arguments.refuse(
        arguments.count("draws", count, 1, MAX_DRAWS),
        arguments.count("seed", seed, 0),
        arguments.number("weeks", weeks, 0, MAX_WEEKS),
    )
    sigma = weekly_volatility(problem)
    names = list(sigma)
    spread = np.array([sigma[name] * sqrt(weeks) for name in names])
    root = correlation_root(problem, names)
    z = np.random.Generator(np.random.PCG64(seed)).standard_normal((count, len(names)))
    factors = np.exp(spread * (z @ root.T))
    return [
        Scenario(
            name=f"draw {k}",
            changes=tuple(f"minerals.{name}.price_usd_per_t=*{f:.6g}" for name, f in zip(names, row, strict=True)),
        )
        for k, row in enumerate(factors, 1)
    ]


def own_tornado(problem: Problem) -> list[Scenario]:
    """Two scenarios a mineral: its price lower, and higher, by what it moves in a week, a standard deviation."""
    found = []
    for name, sigma in weekly_volatility(problem).items():
        for sign in "-+":
            pct = 100 * (exp(sigma if sign == "+" else -sigma) - 1)
            found.append(
                Scenario(name=f"{name} {pct:+.2g}%", changes=(f"minerals.{name}.price_usd_per_t={pct:+.6f}%",))
            )
    return found


def weekly_volatility(problem: Problem) -> dict[str, float]:
    """Standard deviation of a week's log change of each price that moves and counts: the mineral has offers and a price."""
    counting = set(priced(problem))
    found = {
        row.mineral: row.volatility_pct / 100 / sqrt(WEEKS_A_YEAR)
        for row in sorted(problem.document.rows("volatility"), key=lambda r: str(r.mineral))
        if row.volatility_pct > 0 and row.mineral in counting
    }
    if not found:
        says = "has no volatility of a mineral with offers; list mineral and volatility_pct, in % a year"
        raise InputError([fault("volatility.csv", None, "no_volatility", says)])
    return found


def correlation_root(problem: Problem, names: list[str]) -> Floats:
    """A matrix R with R R' the correlations; where those listed fit no prices, the nearest that do, by eigenvalue."""
    place = {name: k for k, name in enumerate(names)}
    correlation = np.eye(len(names))
    for row in problem.document.rows("correlations"):
        if row.mineral in place and row.other in place:
            i, j = place[row.mineral], place[row.other]
            correlation[i, j] = correlation[j, i] = row.correlation
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    scaled: Floats = root / np.linalg.norm(root, axis=1, keepdims=True)
    return scaled
