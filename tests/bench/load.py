"""Data to a model in HiGHS with orebook: `python -m tests.bench.load INSTANCE`."""

from __future__ import annotations

import sys
import time

import highspy

import orebook
from orebook.collector import own_process, spared
from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.lp.backends.highs import as_passed
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.matrix import Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from tests.bench.measured import tell


def main(instance: str) -> None:
    """Tell the seconds of each step and the size of what HiGHS was given."""
    own_process()
    problem, model = orebook.read(instance), orebook.read_model("weekly")
    began = time.perf_counter()
    with spared(lambda: _made(problem, model)) as (matrix, built, compiled):
        part = Domain(matrix.lower, matrix.upper, matrix.integer)
        highs = highspy.Highs()
        highs.passModel(*as_passed(Solver(matrix).program(matrix.cost["cover"], part)))
        passed = time.perf_counter()
    tell(
        {
            "build": built - began,
            "compile": compiled - built,
            "pass": passed - compiled,
            "rows": highs.getNumRow(),
            "columns": highs.getNumCol(),
            "entries": highs.getNumNz(),
        }
    )


def _made(problem: Problem, model: Model) -> tuple[Matrix, float, float]:
    """The matrix as a run makes it, when its model was built, and when it was compiled."""
    formulation = build(problem, model)
    built = time.perf_counter()
    return matrix_of(formulation), built, time.perf_counter()


if __name__ == "__main__":
    main(sys.argv[1])
