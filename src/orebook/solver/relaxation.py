"""Relaxations that differ little are solved one from another: the second takes a moment."""

from __future__ import annotations

from dataclasses import replace

from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Floats
from orebook.solver.outcome import Outcome

NEAR_SHARE = 0.1
"""The part of a limit that a relaxation may take from where another ended: what is not soon there may never be."""


def relaxation(
    solver: Solver, cost: Floats, offset: float, limits: Limits, part: Part, near: Outcome | None = None
) -> Outcome:
    """The relaxation of a part of a program, begun where a near one ended, and again from nothing where this leads nowhere.

    `near` has another objective, other bounds, or fewer rows at its end; where it has no basis it is passed over.
    """
    if near is not None and near.basis is not None:
        soon = replace(limits, seconds=NEAR_SHARE * limits.seconds)
        found = solver.solve(cost, offset, soon, None, part, near=near, quiet=True)
        if found.ending == "proven":
            return found
    return solver.solve(cost, offset, limits, None, part, quiet=True)
