"""A bound that no plan at hand refutes, where earlier stages are kept but for a hair that the solver's tolerance swallows.

HiGHS' presolve takes such a hair for none, and proves the best plan without it: 103.2 where the hair leaves 103.19989.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.finalise.continuous_part import continuous_part
from orebook.solver.lp.gaps import gap_of
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver

TOLD_REL = 1e-5
"""A gap above which the hair of what is kept makes no difference that is told."""


def with_hair_counted(solver: Solver, stage: StageName, outcome: Outcome) -> Outcome:
    """The outcome with no higher bound than the best plan with its integers that uses the whole hair."""
    matrix = solver.matrix
    kept = any(k.hair for k in matrix.kept)
    if stage in TIE_BREAKING or not kept or not outcome.has_plan or outcome.ending != "proven":
        return outcome
    if gap_of(stage, matrix.value(stage, outcome.x), outcome.bound) > TOLD_REL:
        return outcome
    point = continuous_part(solver, stage, outcome.x, np.empty(0, np.intp))
    return outcome if point is None else replace(outcome, bound=min(outcome.bound, matrix.value(stage, point)))
