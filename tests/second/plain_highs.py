"""HiGHS with its defaults, as any modeller has it: presolve rule *probing* on, no help by structure, one solve a stage."""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from orebook.solver.lp.matrix import Matrix
from tests.second.door import Asked, Point, Program

KINDS = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)


def solve(matrix: Matrix, stage: str, asked: Asked) -> Point:
    """The least of a stage's measure over a matrix."""
    began = time.perf_counter()
    program = Program.of(matrix, stage, scaled=asked.scaled)
    highs = highspy.Highs()
    options = {"log_to_console": False, "threads": asked.workers, "mip_rel_gap": asked.gap}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp_of(program))
    if asked.start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(asked.start / program.size)
        highs.setSolution(solution)

    def hear(event: Any) -> None:
        data = event.data_out
        asked.tell(program.measure(data.mip_primal_bound), program.measure(data.mip_dual_bound))

    highs.cbMipLogging.subscribe(hear)
    highs.cbMipImprovingSolution.subscribe(hear)
    highs.setOptionValue("time_limit", max(0.0, asked.seconds - (time.perf_counter() - began)))
    highs.run()
    info, word = highs.getInfo(), highs.modelStatusToString(highs.getModelStatus())
    bound = program.measure(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Point(word, None, bound=bound)
    x = program.point(np.asarray(highs.getSolution().col_value))
    return Point(word, x, program.measure(info.objective_function_value), bound)


def lp_of(program: Program) -> Any:
    """The program as HiGHS takes it."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = program.A.shape
    lp.col_cost_, lp.offset_ = program.cost, program.offset
    lp.col_lower_, lp.col_upper_ = program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = program.A.indptr, program.A.indices, program.A.data
    lp.integrality_ = [KINDS[k] for k in program.integer.astype(int)]
    return lp
