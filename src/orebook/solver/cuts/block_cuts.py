"""What a mineral's whole orders alone make of the relaxation: inequalities that no plan breaks and the relaxation does.

The relaxation mixes lots and tiers that no order can mix. At its prices y of what minerals share, a mineral by itself is a
small program over its own rows X_k,
    least_k = min { w x_k : x_k in X_k, whole where it must be },    w = c_k - y A_k,
that is soon solved to its end, and  w x_k >= least_k  holds for every plan. Where the relaxation's point breaks it, the row
lifts the relaxation, all such rows together to the Lagrangian bound at y and past it (Geoffrion, Mathematical Programming
Study 2 (1974) 82-114; as rows: Boyd, Mathematical Programming 63 (1994) 351-364). Whoever doubts a cut solves its mineral
again: `holds`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from orebook.parallel.workers import Lost, Workers
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.duality import dual_value
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Mask, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.parameters import SEARCH, SearchParameters

RECHECK_NODES = 50
"""Of one mineral whose cut is doubted: more, as another way may be a longer one."""

CUT_PADDING_REL = 1e-7
"""Part of the whole bound by which a cut stays under what the solver says, so that its tolerances are no part of it."""

ZERO_WEIGHT_REL = 1e-9
"""Part of its terms' size under which a weight is the rounding of a zero."""


@dataclass(frozen=True)
class Pricing:
    """A program, an objective's weights less the prices of what minerals share, and where the relaxation stands."""

    matrix: Matrix
    weights: Floats
    at: Floats
    scale: float
    seconds: float
    seed: int = 0
    parameters: SearchParameters = SEARCH

    @classmethod
    def of(
        cls,
        matrix: Matrix,
        cost: Floats,
        relaxed: Outcome,
        seconds: float,
        seed: int,
        parameters: SearchParameters = SEARCH,
    ) -> Pricing:
        """At the duals of a relaxation's rows that no mineral has for itself."""
        y = np.where(matrix.row_block < 0, relaxed.row_dual, 0.0)
        weights, size = cost - matrix.A.T @ y, np.abs(cost) + abs(matrix.A).T @ np.abs(y)
        weights = np.where(np.abs(weights) <= ZERO_WEIGHT_REL * size, 0.0, weights)
        return cls(matrix.bare(), weights, relaxed.x, abs(relaxed.bound), seconds, seed, parameters)

    def cut(self, mineral: int, stop: Stop | None = None) -> Cut | None:
        """The cut of a mineral that the relaxation's point breaks; None where there is none worth having."""
        own, columns = block_program(self.matrix, mineral)
        weights = np.where(own.block == mineral, self.weights[columns], 0.0)
        gap, nodes = self.parameters.cut_gap_rel * self.scale, self.parameters.cut_nodes
        limits = Limits(0.0, gap, self.seconds, nodes=nodes, seed=self.seed, heuristics="none")
        bound = Solver(own, stop or Stop()).solve(weights, 0.0, limits, quiet=True).bound
        if not bound - weights @ self.at[columns] > self.parameters.min_lift_rel * self.scale:
            return None
        used = np.flatnonzero(weights)
        return Cut(mineral, np.flatnonzero(columns)[used], weights[used], float(bound - CUT_PADDING_REL * self.scale))


def find_cuts(minerals: Sequence[int], workers: Workers, until: Callable[[], bool]) -> tuple[Cut, ...]:
    """The cuts that workers find, asked for in the order given; a mineral whose answer does not come has none."""
    for mineral in minerals:
        workers.submit(mineral)
    found = {m: cut for m, cut in workers.as_completed(until) if cut is not None and not isinstance(cut, Lost)}
    return tuple(found[m] for m in sorted(found))


def with_cuts(matrix: Matrix, found: Sequence[Cut]) -> Matrix:
    """The program with cuts as rows."""
    if not found:
        return matrix
    rows = sp.vstack([cut.row(len(matrix.lower)) for cut in found], format="csr")
    return matrix.with_rows(sp.csr_array(rows), np.array([f.least for f in found]), np.full(len(found), np.inf))


def lagrangian_bound(matrix: Matrix, cost: Floats, y: Floats, found: Sequence[Cut]) -> tuple[float, Floats]:
    """The Lagrangian bound of a program with cuts, less the objective's offset, and the multipliers that give it.

    `y` is of a relaxation without them, at whose prices they were found: a cut stands in for its mineral's own rows. What it
    lifts at the relaxation's point is not what it adds: a fee that minerals share, part of the point's value, may not be due.
    """
    own = np.isin(matrix.row_block, [cut.mineral for cut in found])
    multipliers = np.append(np.where(own, 0.0, y), np.ones(len(found)))
    return dual_value(with_cuts(matrix, found), (matrix.lower, matrix.upper), cost, multipliers), multipliers


def holds(cut: Cut, matrix: Matrix, limits: Limits) -> bool:
    """Whether solves of the cut's mineral alone find nothing under it; False says that they could not tell.

    Two ways, as either may end at once where the other one takes for ever: some nodes of its bound, and a search under it.
    """
    own, columns = block_program(matrix, cut.mineral)
    row = sp.csr_array(cut.row(len(matrix.lower))[:, columns])
    weights = row.toarray()[0]
    limits = replace(limits, heuristics="none")
    if Solver(own).solve(weights, 0.0, replace(limits, nodes=RECHECK_NODES)).bound > cut.least:
        return True
    under = own.with_rows(row, np.array([-np.inf]), np.array([cut.least]))
    return Solver(under).solve(weights, 0.0, limits).ending == "infeasible"


def block_program(matrix: Matrix, mineral: int) -> tuple[Matrix, Mask]:
    """The program of a mineral's own rows, with the columns in them; and which columns of the whole those are."""
    rows = matrix.row_block == mineral
    columns = matrix.block == mineral
    columns[matrix.A.indices[rows[matrix.row]]] = True
    return matrix.part(rows, columns), columns
