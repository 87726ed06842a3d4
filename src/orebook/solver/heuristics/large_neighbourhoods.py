"""Large neighbourhoods: from a plan, all minerals but a few are held and those few solved again.

Those come first that lose most against the relaxation: each by itself, which takes a moment, then in larger company each
time, and longer. Several neighbourhoods of one plan are solved at once, and what they find for different minerals is put
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from orebook.solver.heuristics.decomposition import Search
from orebook.solver.heuristics.relatedness import Relatedness
from orebook.solver.lp.matrix import Floats, Mask

NO_GAIN_REL = 1e-9
"""Part of a value that is no betterment."""


def better(search: Search, x: Floats) -> Floats:
    """A plan at least as good; ends when it is good enough, or when no mineral that loses is bettered any more."""
    return _Neighbourhoods(search).better(x)


@dataclass
class _Neighbourhoods:
    search: Search

    def better(self, x: Floats) -> Floats:
        search, tries = self.search, np.zeros(len(self.search.solver.matrix.blocks), int)
        rng, best, rounds = np.random.default_rng(search.seed), search.value(x), 1
        with ThreadPoolExecutor(search.threads) as pool:
            while not search.is_good_enough(x) and not search.out_of_time:
                leaders = self._leaders(x, tries)
                if not leaders and rounds < search.parameters.max_rounds:
                    rounds, tries = rounds + 1, np.ones_like(tries)
                    leaders = self._leaders(x, tries)
                if not leaders:
                    break
                tried = [int(tries[k]) for k in leaders]
                hoods = [self._hood(x, k, n, rng) for k, n in zip(leaders, tried, strict=True)]
                tries[leaders] += 1
                x = self._joined(x, list(pool.map(partial(self._bettered, x), hoods, tried)))
                if search.value(x) < best - NO_GAIN_REL * abs(best):
                    best = search.value(x)
                    tries = np.maximum(0, tries - 1)
                    search.report(x)
        return x

    def _leaders(self, x: Floats, tries: NDArray[np.int_]) -> list[int]:
        """The minerals that lose most, each try halving what a loss counts for."""
        loss = self.search.loss_by_mineral(x)
        order = np.argsort(-loss * 0.5**tries, kind="stable")
        parameters = self.search.parameters
        matters = parameters.negligible_loss_share / len(loss) * loss.sum()
        return [int(k) for k in order if loss[k] > matters and tries[k] < len(parameters.neighbourhood_sizes)][
            : parameters.neighbourhoods_at_once
        ]

    def _hood(self, x: Floats, leader: int, tried: int, rng: np.random.Generator) -> Mask:
        """The columns that are free around a plan."""
        others = self._relatedness.of(leader, x, self.search.parameters.neighbourhood_sizes[tried], rng)
        freed = np.isin(self.search.solver.matrix.block, (-1, leader, *others))
        return freed | self._compensating if tried else freed

    def _bettered(self, x: Floats, opened: Mask, tried: int) -> Floats | None:
        """The plan with some columns solved again."""
        search, parameters = self.search, self.search.parameters
        nodes = parameters.subproblem_nodes * parameters.nodes_growth**tried
        gap, whole = (
            parameters.min_gain_share * abs(search.value(x) - search.relaxed.bound),
            search.solver.matrix.integer,
        )
        return search.solve_subproblem(x, opened, whole, gap=gap, seconds=search.left, nodes=nodes, start=x)

    def _joined(self, x: Floats, found: Sequence[Floats | None]) -> Floats:
        """The plan with the best of what was found around it, and with each other that goes with that and betters it."""
        value, joined = self.search.value, x
        for y in sorted((y for y in found if y is not None), key=value):
            both = y if joined is x else self._with_integers(joined + (y - x))
            if both is not None and value(both) < value(joined) - NO_GAIN_REL * abs(value(joined)):
                joined = both
        return joined

    def _with_integers(self, x: Floats) -> Floats | None:
        """The plan of a point's whole numbers, all else solved again; None where there is none."""
        matrix = self.search.solver.matrix
        x = np.where(matrix.integer, np.round(x), x)
        if ((x < matrix.lower) | (x > matrix.upper))[matrix.integer].any():
            return None
        found = self.search.solve_subproblem(x, ~matrix.integer, matrix.integer, gap=0.0, seconds=self.search.left)
        # rows of whole columns alone have no part in the step
        return found if found is not None and self.search.without_cuts.keeps_rows(found) else None

    @cached_property
    def _relatedness(self) -> Relatedness:
        return Relatedness(self.search.solver.matrix, self.search.parameters)

    @cached_property
    def _compensating(self) -> Mask:
        search = self.search
        return search.compensating_columns(search.compensating_minerals(search.relaxed.x, search.lightest_first))
