"""Relax and fix: a plan built from the relaxation, some minerals made whole at a time, the lightest first.

Those still to come are held where the relaxation has them; then their relaxation is solved again around what was settled
(Dillenberger et al., European Journal of Operational Research 75 (1994) 273-286). Minerals that the relaxation leaves between
their ends come last: in every step they make up for what others take more or less, at the relaxation's own prices. Several
minerals are made whole around one relaxation, each as if the others were not; where they do not go together, fewer count, and
the others come again.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from orebook.solver.heuristics.decomposition import Minerals, Search
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Mask
from orebook.solver.lp.relaxation import relaxation


def relax_and_fix(search: Search, latest: float | None = None) -> Floats | None:
    """A plan, or None where the last minerals find no room; it may take until `latest`, the search's deadline where none is."""
    return _Building(search, search.deadline if latest is None else latest).plan()


@dataclass
class _Building:
    search: Search
    latest: float

    def __post_init__(self) -> None:
        self._domain = Domain.relaxed(self.search.without_cuts.matrix)
        self._last_relaxation = self.search.relaxed
        self._late: Minerals = self.search.lightest_first[:0]

    def plan(self) -> Floats | None:
        search, x, rest = self.search, self.search.relaxed.x, self.search.lightest_first
        abreast = math.ceil(len(rest) / search.parameters.relaxations_to_build)
        with ThreadPoolExecutor(search.threads) as pool:
            while rest.size:
                compensating = search.compensating_minerals(x, rest)
                waiting = rest[~np.isin(rest, compensating)]
                now = waiting[:abreast] if waiting.size else rest[:1]
                free, seconds = search.compensating_columns(compensating), self._seconds(len(rest))
                for times in search.parameters.retry_nodes_times:
                    nodes = times * search.parameters.subproblem_nodes
                    found = list(pool.map(partial(self._fixed, x, free, seconds, nodes), now))
                    whole = self._acceptable(x, now, found)
                    if whole or self._ended:
                        break
                if not whole:
                    return None
                x, settled = self._around(whole) if len(rest) > 1 else (whole[0][1], [whole[0][0]])
                rest = self._still_to_come(rest, now, settled)
        return x if search.without_cuts.keeps_rows(x) else None

    def _seconds(self, minerals: int) -> float:
        """What a step may take when so many are still to be made whole."""
        shares = self.search.shares
        share = shares.build * self._left * max(shares.build_step, 2 / (minerals + 1))
        return min(share, shares.even_share_times * self._left * self.search.threads / minerals)

    @property
    def _left(self) -> float:
        return max(0.0, self.latest - time.perf_counter())

    @property
    def _ended(self) -> bool:
        return self._left <= 0 or self.search.solver.stop.asked

    def _fixed(self, x: Floats, free: Mask, seconds: float, nodes: int, mineral: int) -> Floats | None:
        """The point with a mineral made whole; what gives way and what is shared move along."""
        search = self.search
        whole = np.isin(search.without_cuts.matrix.block, (-1, mineral))
        miss = search.parameters.subproblem_gap_rel * abs(search.relaxed.bound)
        return search.solve_subproblem(x, whole | free, whole, gap=miss, seconds=seconds, nodes=nodes)

    def _acceptable(self, x: Floats, minerals: Minerals, found: Sequence[Floats | None]) -> list[tuple[int, Floats]]:
        """Minerals with the points that make them whole; those that lose much at their first try only where all do."""
        search = self.search
        whole = [(int(m), y) for m, y in zip(minerals, found, strict=True) if y is not None]
        most = search.value(x) + search.parameters.max_first_loss_rel * abs(search.relaxed.bound)
        return [(m, y) for m, y in whole if m in self._late or search.value(y) <= most] or whole

    def _still_to_come(self, rest: Minerals, tried: Minerals, settled: Sequence[int]) -> Minerals:
        """Those still to come; who was tried in vain comes again, late, but before the heaviest."""
        late = tried[~np.isin(tried, settled)]
        others = rest[~np.isin(rest, tried)]
        self._late = np.union1d(self._late, late)
        return np.concatenate([others[:-1], late, others[-1:]])

    def _around(self, whole: Sequence[tuple[int, Floats]]) -> tuple[Floats, list[int]]:
        """The relaxation around as many minerals as go together, which are settled from now on, and which those are."""
        search, count = self.search, len(whole)
        while True:
            part = self._domain_fixed(whole[:count])
            limits = Limits(0.0, 0.0, self._left, seed=search.seed)
            again = relaxation(search.without_cuts, search.cost, search.offset, limits, part, self._last_relaxation)
            search.cut_short = search.cut_short or again.cut_short
            if again.has_plan or count == 1:
                self._domain, self._last_relaxation = part, again if again.has_plan else self._last_relaxation
                return (again.x if again.has_plan else whole[0][1]), [m for m, _ in whole[:count]]
            count //= 2

    def _domain_fixed(self, whole: Sequence[tuple[int, Floats]]) -> Domain:
        """What is still open once each mineral has the whole numbers of its point."""
        matrix, lower, upper = self.search.without_cuts.matrix, self._domain.lower.copy(), self._domain.upper.copy()
        for mineral, y in whole:
            mine = (matrix.block == mineral) & matrix.integer
            lower[mine] = upper[mine] = np.round(y[mine])
        return replace(self._domain, lower=lower, upper=upper)
