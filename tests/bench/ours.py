"""Solve the main stages of an instance with orebook: `python -m tests.bench.ours INSTANCE SECONDS`."""

from __future__ import annotations

import sys
import time

import orebook
from orebook.errors import StoppedError
from tests.bench.measured import GAP, main_stages_only, tell


def main(instance: str, seconds: float) -> None:
    """Tell gap and time of each stage; a run without any plan has no stages."""
    problem = orebook.read(instance)
    model = main_stages_only(orebook.read_model("weekly"))
    began = time.perf_counter()
    try:
        plan = orebook.solve(problem, model, gap=GAP, time_limit_s=seconds, audit=False)
        stages = {s.stage: {"gap": s.gap, "seconds": s.seconds} for s in plan.document.stages}
    except StoppedError:
        stages = {}
    tell({"seconds": time.perf_counter() - began, "stages": stages})


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
