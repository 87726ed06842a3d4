"""Many price scenarios of one plan: `python -m tests.bench.scenarios PLAN COUNT WORKERS`."""

from __future__ import annotations

import sys
import time

from orebook.files.plan_folder import open_plan
from orebook.scenarios.draws import draws
from orebook.scenarios.run_list import SolveSettings, solve_scenarios
from orebook.solver.lp.stop import Stop
from tests.bench.inside import timed
from tests.bench.measured import tell


def main(folder: str, count: int, workers: int) -> None:
    """Tell the wall time; with one worker also the time inside HiGHS."""
    plan = open_plan(folder)
    listed = draws(plan.problem, count, 0)
    inside = timed()
    began = time.perf_counter()
    found = solve_scenarios(SolveSettings(plan, workers=workers), listed, Stop())
    wall = time.perf_counter() - began
    tell(
        {
            "wall": wall,
            "inside": inside.seconds,
            "proven": sum(o.status == "optimal" for o in found),
            "count": len(found),
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
