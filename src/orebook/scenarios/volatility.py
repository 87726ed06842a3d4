"""How much prices move in a week, and how they move together: volatility.csv, correlations.csv; tornados at volatility."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.sweeps import priced

Floats = NDArray[np.float64]

WEEKS_A_YEAR = 52


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
