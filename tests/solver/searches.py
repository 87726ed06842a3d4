"""Hand-made programs of several minerals in lots, and a search over each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from orebook.solver.heuristics.decomposition import Search
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.parameters import SearchParameters
from tests.solver.matrices import INF, program, solved

HAIR = 1e-6
"""Part of a value that the solver's tolerances may make up."""

OFFERS = 3
"""Of a mineral; its columns are the lots of each and the tonnes it is short."""

BY_STRUCTURE = SearchParameters(min_integer_columns=0)
"""Every program is searched by structure, however small."""


def crowded(seed: int, minerals: int = 5, *, must: bool = False) -> Matrix:
    """Minerals in lots of 2 to 9 t that share money for about half of what they need; `must`: none may be short at all.

    Per mineral: minimise weight * short, short + sum(lot * lots) >= need; over all: sum(price * lot * lots) <= money.
    """
    rng = np.random.default_rng(seed)
    lot = rng.integers(2, 10, (minerals, OFFERS)).astype(float)
    price, need = rng.uniform(1, 3, (minerals, OFFERS)), rng.uniform(20, 40, minerals)
    most = 0.0 if must else INF
    # in whole lots nobody can have exactly what the cheapest tonnes of it cost
    money = float((price.min(axis=1) * need).sum()) * (1.0001 if must else 0.5)
    return _program(lot, need, rng.uniform(1, 5, minerals), most, price, money)


def apart(minerals: int) -> Matrix:
    """The same with more money than all of them can spend."""
    free = crowded(1, minerals)
    upper = free.row_upper.copy()
    upper[-1] = 1e6
    return replace(free, row_upper=upper)


def search_of(matrix: Matrix, *, threads: int = 1, report: Callable[[Floats], None] = lambda _x: None) -> Search:
    """A search that ends where nothing is left to try."""
    solver, cost = Solver(matrix), matrix.cost["cost"]
    relaxed = solver.solve(cost, 0.0, Limits(0.0, 0.0, 20.0), None, Domain.relaxed(matrix))
    deadline = time.perf_counter() + 600
    return Search(solver, solver, cost, 0.0, relaxed, deadline, lambda _x: False, report, threads=threads)


def least(matrix: Matrix) -> float:
    """The best objective there is."""
    return float(matrix.cost["cost"] @ solved(matrix).x)


def nothing(matrix: Matrix) -> Floats:
    """The plan that buys nothing: every mineral is short all it needs."""
    x = np.zeros(len(matrix.lower))
    x[OFFERS :: OFFERS + 1] = matrix.row_lower[:-1]
    return x


def _program(lot: Floats, need: Floats, weight: Floats, most: float, price: Floats, money: float) -> Matrix:
    minerals, width = len(need), OFFERS + 1
    a = np.zeros((minerals + 1, minerals * width))
    cost, upper, whole = (np.zeros(minerals * width) for _ in range(3))
    for k in range(minerals):
        mine = slice(k * width, k * width + OFFERS)
        a[k, mine], a[k, k * width + OFFERS] = lot[k], 1.0
        a[-1, mine] = price[k] * lot[k]
        cost[k * width + OFFERS], upper[mine], whole[mine] = weight[k], 40.0, 1.0
        upper[k * width + OFFERS] = most
    sides = np.append(need, -INF), np.append(np.full(minerals, INF), money)
    found = program(cost, a, sides, (np.zeros_like(cost), upper), whole)
    block = np.repeat(np.arange(minerals), width).astype(np.int32)
    return replace(found, block=block, blocks=tuple(f"m{k}" for k in range(minerals)))
