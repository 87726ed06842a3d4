"""The best of a problem, stage by stage, by plain HiGHS: no presolve, no help by structure, one solve a stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from orebook.explanations.engine.intervals import Proven
from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.lp.matrix import Matrix, matrix_of
from tests.second.door import Program
from tests.second.plain_highs import lp_of

SECONDS = 20.0
"""Of a stage."""


class UndecidedError(Exception):
    """The time ended before a plan was found, or the solver gave up."""


@dataclass(frozen=True)
class Best:
    """What is proven of each main stage's best value, each with the earlier ones kept; none where there is no plan."""

    reached: Mapping[StageName, Proven]

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan."""
        return bool(self.reached)


def best(problem: Problem, model: Model, without: Collection[str] = ()) -> Best:
    """The best of all plans under the model's rules, policy held as hard as the rest but for the rows `without`.

    Raises UndecidedError.
    """
    governed = problem.governing(model)
    main = governed.model_copy(update={"stages": tuple(s for s in governed.stages if s.stage not in TIE_BREAKING)})
    formulation = build(problem, main)
    matrix, reached = matrix_of(formulation), dict[StageName, Proven]()
    if without:
        out = np.array([matrix.row_name(k) in without for k in range(len(matrix.rows))], bool)
        matrix = _freed(matrix, out)
    slack = {s.stage: s.slack for s in main.stages}
    for stage in formulation.stages:
        found = _solved(matrix, stage)
        if found is None and reached:
            raise UndecidedError(f"{stage}: a plan of the stages before is called none")
        if found is None:
            return Best({})
        reached[stage] = found
        value = found.high
        matrix = matrix.holding(stage, value + slack[stage] * abs(value) + 1e-6 * max(1.0, abs(value)))
    return Best(reached)


def _freed(matrix: Matrix, out: NDArray[np.bool_]) -> Matrix:
    lower, upper = np.where(out, -np.inf, matrix.row_lower), np.where(out, np.inf, matrix.row_upper)
    return replace(matrix, row_lower=lower, row_upper=upper)


def _solved(matrix: Matrix, stage: StageName) -> Proven | None:
    """The least of a stage's measure; None where there is no plan."""
    program = Program.of(matrix, stage)
    highs = highspy.Highs()
    options = {"log_to_console": False, "threads": 1, "presolve": "off", "mip_rel_gap": 0.0, "mip_abs_gap": 1e-9}
    for name, value in {**options, "time_limit": SECONDS}.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp_of(program))
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise UndecidedError(f"{stage}: {highs.modelStatusToString(status)}")
    value = info.objective_function_value / program.factor
    whole = bool(program.integer.any())
    bound = info.mip_dual_bound / program.factor if whole else value
    return Proven(min(bound, value), value)
