"""CP-SAT with its defaults, on the program in whole numbers of `grid.py`.

Its plan is made exact after it, as those of `orebook` are: the whole columns are kept and the rest is solved again by HiGHS
on the rows as they are (`orebook.solver.finalise.finalise`); where that leaves no plan, CP-SAT has none. Starting its process,
about a second a stage, is part of its time.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from typing import Any

import numpy as np

from orebook.solver.lp.matrix import Matrix
from tests.second.door import Asked, Point, Program, UnreadError
from tests.second.grid import Grid


def solve(matrix: Matrix, stage: str, asked: Asked) -> Point:
    """The least of a stage's measure over a matrix, as far as the grid has it. Raises UnreadError where it cannot be read."""
    began = time.perf_counter()
    program = Program.of(matrix, stage, scaled=False)  # in tonnes and USD, which are decimal
    grid = Grid.of(program)
    question = _question(program, grid, asked)
    question["seconds"] = max(0.0, asked.seconds - (time.perf_counter() - began))
    last = _answer(question, program, asked)
    if "unread" in last:
        raise UnreadError(last["unread"])
    x = None if last["x"] is None else program.point(np.array(last["x"]) * grid.step)
    return Point(last["status"], x, program.measure(last["value"]), program.measure(last["bound"]))


def _question(program: Program, grid: Grid, asked: Asked) -> dict[str, Any]:
    start = None
    if asked.start is not None:
        start = np.clip(np.round(asked.start / program.size / grid.step), grid.lower, grid.upper).astype(int).tolist()
    arrays = {
        "lower": grid.lower,
        "upper": grid.upper,
        "starts": program.A.indptr,
        "columns": program.A.indices,
        "data": grid.data,
        "row_lower": grid.row_lower,
        "row_upper": grid.row_upper,
        "cost": grid.cost,
    }
    return {
        **{name: array.tolist() for name, array in arrays.items()},
        "cost_unit": grid.cost_unit,
        "offset": program.offset,
        "start": start,
        "gap": asked.gap,
        "workers": asked.workers,
    }


def _answer(question: dict[str, Any], program: Program, asked: Asked) -> dict[str, Any]:
    """The last line of the process; what comes before it is passed on as it comes."""
    command = [sys.executable, "-m", "tests.second.cpsat_process"]
    last: dict[str, Any] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        pickle.dump(question, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            last = json.loads(line)
            if "incumbent" in last:
                asked.tell(program.measure(last["incumbent"]), program.measure(last["bound"]))
    if "incumbent" in last or not last:
        return {"status": f"ended with {process.returncode}", "x": None, "value": np.inf, "bound": -np.inf}
    return last
