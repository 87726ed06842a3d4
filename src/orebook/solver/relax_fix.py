"""Relax and fix: a plan built from the relaxation, minerals made whole a batch at a time, the lightest first.

Those still to come are held where the relaxation has them; then their relaxation is solved again around what was settled
(Dillenberger et al., European Journal of Operational Research 75 (1994) 273-286). Several batches are made whole around one
relaxation, each as if the others were not; where they do not go together, fewer of them count.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

import numpy as np

from orebook.solver.highs import Limits, Warm
from orebook.solver.matrix import Floats
from orebook.solver.search import Minerals, Search

SHARE = 0.35
"""Part of the time that building a plan should take."""

STEP_SHARE = 0.1
"""Part of that which one step may have at least, however many there are: most need far less, and a few much more."""


@dataclass(frozen=True)
class Pace:
    """How a plan is built.

    `batch`: minerals made whole together, few to be quick, more to trade with each other. `abreast`: batches around one
    relaxation. `ballast`: the heaviest minerals still to come, which give way in every step so that a light one finds room
    and money. `gap`: part of the bound by which a step may miss its best.
    """

    batch: int
    abreast: int
    ballast: int
    gap: float


QUICK = Pace(batch=1, abreast=4, ballast=1, gap=2e-3)
CAREFUL = Pace(batch=2, abreast=2, ballast=2, gap=1e-3)


def relax_and_fix(search: Search, pace: Pace) -> Floats | None:
    """A plan, or None where the last minerals find no room."""
    return _Building(search, pace).plan()


@dataclass
class _Building:
    search: Search
    pace: Pace

    def __post_init__(self) -> None:
        search, matrix = self.search, self.search.solver.matrix
        self._lower, self._upper = matrix.lower.copy(), matrix.upper.copy()
        self._warm: Warm = search.solver.warm(
            search.cost, search.offset, Limits(0.0, 0.0, search.left, seed=search.seed)
        )

    def plan(self) -> Floats | None:
        search, pace, order, x = self.search, self.pace, self.search.lightest_first, self.search.relaxed.x
        waiting = [order[k : k + pace.batch] for k in range(0, len(order), pace.batch)]
        with ThreadPoolExecutor(search.threads) as pool:
            while waiting:
                seconds = SHARE * search.left * max(STEP_SHARE, 2 / (len(waiting) + 1))
                # the last ones find room in nobody else, so they go one after the other
                now = waiting[: pace.abreast if len(waiting) > pace.abreast else 1]
                rest = np.concatenate([order[:0], *waiting[len(now) :]])
                found = list(pool.map(partial(self._whole, x, rest, seconds), now))
                if found[0] is None:
                    return None
                x, count = self._around(now, found) if rest.size else (found[0], 1)
                waiting = waiting[count:]
        return x if search.solver.keeps_rows(x) else None

    def _whole(self, x: Floats, rest: Minerals, seconds: float, batch: Minerals) -> Floats | None:
        """The point with a batch made whole; the heaviest of the rest and what is shared give way."""
        search, block, pace = self.search, self.search.solver.matrix.block, self.pace
        whole = np.isin(block, (-1, *batch))
        opened = whole | np.isin(block, rest[-pace.ballast :])
        return search.step(x, opened, whole, gap=pace.gap * abs(search.relaxed.bound), seconds=seconds)

    def _around(self, batches: Sequence[Minerals], found: Sequence[Floats | None]) -> tuple[Floats, int]:
        """The relaxation around as many batches as go together, which are settled from now on, and how many those are."""
        matrix = self.search.solver.matrix
        points = [y for y in takewhile(lambda y: y is not None, found) if y is not None]
        for count in range(len(points), 0, -1):
            lower, upper = self._lower.copy(), self._upper.copy()
            for batch, y in zip(batches[:count], points, strict=False):
                mine = np.isin(matrix.block, batch) & matrix.integer
                lower[mine] = upper[mine] = np.round(y[mine])
            again = self._warm.solve(lower, upper, self.search.left)
            if again.has_plan:
                break
        self._lower, self._upper = lower, upper
        return (again.x if again.has_plan else points[0]), count
