"""`python -m tests.properties --planted 1000`: so many planted plans; says each one that is not found or bettered."""

from __future__ import annotations

import argparse
import sys

from hypothesis import HealthCheck, Phase, given, seed, settings

from orebook.decisions import Decisions
from orebook.problem import Problem
from tests.properties.check_planted import wrong
from tests.properties.planted import planted


def main() -> int:
    """Exit status 1 where a planted plan is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties", description=__doc__)
    parser.add_argument("--planted", type=int, default=1000, help="how many plans to plant")
    parser.add_argument("--seed", type=int, default=0, help="another seed plants others")
    asked = parser.parse_args()
    done, missed = 0, 0

    @seed(asked.seed)
    @settings(
        max_examples=asked.planted,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(planted())
    def check(drawn: tuple[Problem, Decisions]) -> None:
        nonlocal done, missed
        done += 1
        if said := wrong(*drawn):
            missed += 1
            print(said, drawn[0].document.model_dump_json(exclude_none=True), flush=True)  # noqa: T201

    check()
    print(f"{done} planted plans, {missed} missed")  # noqa: T201
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
