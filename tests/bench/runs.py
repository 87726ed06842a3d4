"""Solvers on instances, one process after the other, so that peaks of memory are their own and none waits for another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.cases import Case
from tests.bench.kept import Measured, Result
from tests.bench.machine import ran
from tests.bench.measured import PartError, ask, instance

PATIENCE = 3.0
"""A process is ended after so many times its limit,"""

START_UP = 300.0
"""and seconds to build, load and judge."""


def runs(case: Case, scratch: Path) -> Iterator[Result]:
    """Every solver on every seed of a case; one that fails says so in its place."""
    for seed in case.seeds:
        folder = instance(scratch, case.size, seed)
        for solver in case.solvers:
            circumstances = ran(_command(case, seed, solver))
            limit = PATIENCE * case.seconds + START_UP
            try:
                figures = ask("one", str(folder), solver, str(case.seconds), str(case.gap), limit=limit)
            except PartError as error:
                figures = Measured(says=str(error)).model_dump()
            yield Result(
                size=case.size,
                seed=seed,
                solver=solver,
                limit=case.seconds,
                gap=case.gap,
                ran=circumstances,
                measured=Measured.model_validate(figures),
            )


def _command(case: Case, seed: int, solver: str) -> str:
    return (
        f"python -m tests.bench run --size {case.size} --seeds {seed} --solver {solver} --seconds {case.seconds:g}"
        f" --gap {case.gap:g}"
    )
