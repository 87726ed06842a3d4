"""One solver on one instance, in a process of its own: `python -m tests.bench.one INSTANCE SOLVER SECONDS GAP`."""

from __future__ import annotations

import sys
import time

import orebook
from orebook.collector import own_process
from tests.bench import ours
from tests.bench.beside import PEERS, PeerRun
from tests.bench.measured import main_stages_only, tell


def main(instance: str, solver: str, seconds: float, gap: float) -> None:
    """Tell what `kept.Measured` has."""
    zero = time.perf_counter()
    own_process()
    problem = orebook.read(instance)
    model = main_stages_only(orebook.read_model("weekly"))
    read = time.perf_counter() - zero
    if solver == "ours":
        measured = ours.run(problem, model, seconds, gap, zero)
    else:
        measured = PeerRun(PEERS[solver], problem, model, gap, zero).solve(seconds)
    wall = time.perf_counter() - zero
    tell({**measured.model_dump(), "read": round(read, 3), "wall": round(wall, 3)})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
