"""Data to a model in HiGHS with orebook: `python -m tests.bench.load INSTANCE`."""

from __future__ import annotations

import sys
import time

import orebook
from orebook.formulation.build import build
from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import matrix_of
from tests.bench.measured import tell


def main(instance: str) -> None:
    """Tell the seconds of each step and the size of what HiGHS was given."""
    problem, model = orebook.read(instance), orebook.read_model("weekly")
    began = time.perf_counter()
    formulation = build(problem, model)
    built = time.perf_counter()
    matrix = matrix_of(formulation)
    compiled = time.perf_counter()
    part = Part(matrix.lower, matrix.upper, matrix.integer)
    highs = Solver(matrix)._load(matrix.cost["cover"], Limits(0.0, 0.0, 1.0), part)
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


if __name__ == "__main__":
    main(sys.argv[1])
