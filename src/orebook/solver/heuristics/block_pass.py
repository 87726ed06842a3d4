"""A plan bettered a mineral at a time, all else of it standing as it is: what a tie-breaking stage needs.

Orders and tickets are counted one by one, so a mineral's count hardly depends on the others' once they are settled; with
only its own columns and the shared ones open its program is small enough to be solved to its end in a moment.
"""

from __future__ import annotations

import numpy as np

from orebook.solver.heuristics.decomposition import Search
from orebook.solver.lp.matrix import Floats

LESS_THAN_ONE = 0.5
"""What is less than one of a count, tolerances apart."""


def block_pass(search: Search, x: Floats) -> Floats:
    """A plan with no larger objective, after one pass over the minerals; those that cannot be bettered are passed over."""
    matrix, cost = search.solver.matrix, search.cost
    least = np.where(cost > 0, matrix.lower, np.where(cost < 0, matrix.upper, 0.0))
    spare = matrix.by_block(cost * x) - matrix.by_block(cost * least)
    for mineral in np.argsort(-spare, kind="stable"):
        if spare[mineral] < LESS_THAN_ONE or search.out_of_time:
            break
        found = _alone(search, int(mineral), x)
        if found is not None and search.value(found) <= search.value(x) - LESS_THAN_ONE:
            x = found
            search.report(x)
    return x


def _alone(search: Search, mineral: int, x: Floats) -> Floats | None:
    """The plan with one mineral solved again."""
    matrix = search.solver.matrix
    opened = np.isin(matrix.block, (mineral, -1))
    seconds = min(search.parameters.block_limit_s, search.left)
    return search.solve_subproblem(
        x, opened, matrix.integer, gap=LESS_THAN_ONE, seconds=seconds, nodes=search.parameters.block_nodes, start=x
    )
