"""Relax and fix: a plan built from the relaxation, some minerals made whole at a time, the lightest first.

Those still to come are held where the relaxation has them; then their relaxation is solved again around what was settled
(Dillenberger et al., European Journal of Operational Research 75 (1994) 273-286). Minerals that the relaxation leaves between
their ends come last: in every step they make up for what others take more or less, at the relaxation's own prices. Several
minerals are made whole around one relaxation, each as if the others were not; where they do not go together, fewer count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

import numpy as np

from orebook.solver.highs import Limits, Part
from orebook.solver.matrix import Floats
from orebook.solver.search import Minerals, Search

SHARE = 0.35
"""Part of the time that building a plan should take."""

STEP_SHARE = 0.3
"""Part of that which one step may have at least, however many there are: most need far less, and a few much more."""

ROUNDS = 8
"""Relaxations in which a plan is built, if all goes well."""

MISS = 5e-4
"""Part of the bound by which a step may miss its best."""


def relax_and_fix(search: Search) -> Floats | None:
    """A plan, or None where the last minerals find no room."""
    return _Building(search).plan()


@dataclass
class _Building:
    search: Search

    def __post_init__(self) -> None:
        self._part = Part.relaxed(self.search.solver.matrix)

    def plan(self) -> Floats | None:
        search, x, rest = self.search, self.search.relaxed.x, self.search.lightest_first
        abreast = math.ceil(len(rest) / ROUNDS)
        with ThreadPoolExecutor(search.threads) as pool:
            while rest.size:
                giving = search.giving(x, rest)
                waiting = rest[~np.isin(rest, giving)]
                now = waiting[:abreast] if waiting.size else rest[:1]
                seconds = SHARE * search.left * max(STEP_SHARE, 2 / (len(rest) + 1))
                found = list(pool.map(partial(self._whole, x, giving, seconds), now))
                if found[0] is None:
                    return None
                x, count = self._around(now, found) if len(rest) > 1 else (found[0], 1)
                rest = rest[~np.isin(rest, now[:count])]
        return x if search.solver.keeps_rows(x) else None

    def _whole(self, x: Floats, giving: Minerals, seconds: float, mineral: int) -> Floats | None:
        """The point with a mineral made whole; what gives way and what is shared move along."""
        search = self.search
        whole = np.isin(search.solver.matrix.block, (-1, mineral))
        miss = MISS * abs(search.relaxed.bound)
        return search.step(x, whole | search.gives(giving), whole, gap=miss, seconds=seconds)

    def _around(self, minerals: Minerals, found: Sequence[Floats | None]) -> tuple[Floats, int]:
        """The relaxation around as many minerals as go together, which are settled from now on, and how many those are."""
        search, points = self.search, [y for y in takewhile(lambda y: y is not None, found) if y is not None]
        count, limits = len(points), Limits(0.0, 0.0, search.left, seed=search.seed)
        while True:
            part = self._settled(minerals[:count], points)
            again = search.solver.solve(search.cost, search.offset, limits, None, part, quiet=True)
            if again.has_plan or count == 1:
                self._part = part
                return (again.x if again.has_plan else points[0]), count
            count //= 2

    def _settled(self, minerals: Minerals, points: Sequence[Floats]) -> Part:
        """What is still open once each mineral has the whole numbers of its point."""
        matrix, lower, upper = self.search.solver.matrix, self._part.lower.copy(), self._part.upper.copy()
        for mineral, y in zip(minerals, points, strict=False):
            mine = (matrix.block == mineral) & matrix.integer
            lower[mine] = upper[mine] = np.round(y[mine])
        return replace(self._part, lower=lower, upper=upper)
