"""Nobody is left shorter than need be: once the largest part not served is settled, the largest of the rest, and so on.

Parts that cannot be smaller are held where they are, level by level (lexicographic minimax). Where none of them has to be as
large, but not all can be smaller together, those are held that are so in the plan with the least in all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from orebook.formulation.stages.ration import part_row
from orebook.schema.stages import StageName
from orebook.solver.lp.gaps import GRAM_GAP_REL
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver

SAME_PART = 1e-6
"""Parts of a withdrawal that differ by less are the same."""

MAX_LEVEL_SHARE = 0.1
"""Of the time left, for one solve."""


@dataclass(frozen=True)
class Part:
    """A withdrawal's row and column: tonnes * rationed >= unmet."""

    row: int
    column: int
    tonnes: float

    def at(self, x: Floats) -> float:
        """The part of the withdrawal that a point does not serve."""
        return max(0.0, float(x[self.column]) / self.tonnes)


@dataclass(frozen=True)
class Rationing:
    """The levels of one stage; `solver_of` makes what solves a program, `left` says the seconds that are left."""

    stage: StageName
    slack: float
    solver_of: Callable[[Matrix], Solver]
    left: Callable[[], float]
    seed: int = 0

    def settle(self, matrix: Matrix, x: Floats) -> tuple[Matrix, Floats]:
        """The program with every part held, and a point of it; `x` is best in the stage.

        Where a limit comes first, parts that are not settled are held as the last point has them.
        """
        free, program, point = parts_of(matrix, self.stage), matrix, x
        held: list[tuple[Part, float]] = []
        while free:
            level = max(part.at(point) for part in free)
            now = self._cannot_be_less(program, free, level, point) if level > SAME_PART else free
            if now is None:
                held += [(part, part.at(point)) for part in free]
                break
            held += [(part, level if level > SAME_PART else 0.0) for part in now]
            free = [part for part in free if part not in now]
            program = self._holding(matrix, held, [part.row for part, _ in held])
            if free:
                outcome = self._solved(program, program.cost[self.stage], point)
                if not outcome.has_plan:
                    held += [(part, part.at(point)) for part in free]
                    break
                point = outcome.x
        return self._holding(matrix, held, []), point

    def _cannot_be_less(self, program: Matrix, free: list[Part], level: float, point: Floats) -> list[Part] | None:
        """Of the parts that are at a level those that are there in every plan with no part above it; None: not known."""
        place = int(np.flatnonzero(program.cost[self.stage])[0])
        upper = program.upper.copy()
        upper[place] = min(upper[place], level)
        capped = replace(program, upper=upper)
        tight = [part for part in free if part.at(point) >= level - SAME_PART]
        found = []
        for part in tight:
            cost = np.zeros(len(program.lower))
            cost[part.column] = 1.0
            outcome = self._solved(capped, cost, point)
            if outcome.cut_short or not outcome.has_plan:
                return None
            if part.at(outcome.x) >= level - SAME_PART:
                found.append(part)
        if found:
            return found
        cost = np.zeros(len(program.lower))
        for part in free:
            cost[part.column] = 1 / part.tonnes
        outcome = self._solved(capped, cost, point)
        if not outcome.has_plan:
            return None
        most = max(part.at(outcome.x) for part in tight)
        return [part for part in tight if part.at(outcome.x) >= most - SAME_PART]

    def _holding(self, matrix: Matrix, held: list[tuple[Part, float]], settled: list[int]) -> Matrix:
        """The program with parts no larger than they are, but for the slack; rows of parts that are settled ask nothing."""
        lower, upper = matrix.row_lower.copy(), matrix.row_upper.copy()
        lower[settled], upper[settled] = -np.inf, np.inf
        rows = sp.csr_array(
            (np.ones(len(held)), (np.arange(len(held)), [part.column for part, _ in held])),
            shape=(len(held), len(matrix.lower)),
        )
        most = np.array([part.tonnes * level * (1 + self.slack) for part, level in held])
        return replace(matrix, row_lower=lower, row_upper=upper).with_rows(rows, np.full(len(held), -np.inf), most)

    def _solved(self, program: Matrix, cost: Floats, start: Floats) -> Outcome:
        solver = self.solver_of(program)
        limits = Limits(GRAM_GAP_REL, 0.0, MAX_LEVEL_SHARE * self.left(), seed=self.seed, sure=True)
        return solver.solve(cost, 0.0, limits, start if solver.keeps_rows(start) else None, quiet=True)


def parts_of(matrix: Matrix, stage: StageName) -> list[Part]:
    """The parts that a stage is the largest of."""
    place, name, found = int(np.flatnonzero(matrix.cost[stage])[0]), part_row(stage), []
    for k, row in enumerate(matrix.rows):
        if row is None or row.parent_component().local_name != name:
            continue
        entries = range(matrix.A.indptr[k], matrix.A.indptr[k + 1])
        tonnes = {int(matrix.A.indices[e]): float(matrix.A.data[e]) for e in entries}
        column = next(c for c in tonnes if c != place)
        found.append(Part(k, column, tonnes[place] / -tonnes[column]))
    return found
