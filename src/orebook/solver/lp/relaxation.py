"""Relaxations that differ little are solved one from another: the second takes a moment."""

from __future__ import annotations

from dataclasses import replace

from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver

BASIS_TIME_SHARE = 0.1
"""Iterations a column that a relaxation may take from where another ended: what is not soon there may never be."""

SOON_S = 1.0
"""Seconds that it may always take; else no more than the last one from nothing did, as the solver has been seen to stand for
minutes without counting an iteration."""


def relaxation(
    solver: Solver, cost: Floats, offset: float, limits: Limits, part: Domain, basis_from: Outcome | None = None
) -> Outcome:
    """The relaxation of a part of a program, begun where a near one ended, and again from nothing where this leads nowhere.

    `basis_from` has another objective, other bounds, or fewer rows at its end; without a basis, or with more rows, it is
    passed over. Where the clock ended such a start, the outcome says that it was cut by time even though it is proven: among
    points that are as good, another may have been found.
    """
    late = False
    if basis_from is not None and solver.can_begin_at(basis_from):
        seconds = min(limits.seconds, max(SOON_S, basis_from.from_nothing_s))
        soon = replace(limits, iterations=int(BASIS_TIME_SHARE * len(solver.matrix.lower)), seconds=seconds)
        found = solver.solve(cost, offset, soon, None, part, basis_from=basis_from, quiet=True)
        if found.ending == "proven":
            return replace(found, from_nothing_s=basis_from.from_nothing_s)
        late = found.stopped_by == "time"
    again = solver.solve(cost, offset, limits, None, part, quiet=True)
    again = replace(again, from_nothing_s=again.seconds)
    return replace(again, stopped_by=again.stopped_by or "time") if late else again
