"""A stage's search for plans: of those that count the same, it likes what the next stage will like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orebook.schema.model import StageName
from orebook.solver import stage
from orebook.solver.highs import Solver
from orebook.solver.matrix import Matrix
from orebook.solver.options import Options
from orebook.solver.outcome import Outcome
from orebook.solver.stage import StageRun
from tests.solver.searches import apart

AHEAD_OR_NOT: tuple[StageName | None, ...] = ("cost", None)


def two_stages(seed: int) -> Matrix:
    """Minerals that need be short of nothing: `cover` counts what is short, `cost` lots by fees drawn at random."""
    free = apart(8)
    fee = np.where(free.integer, np.random.default_rng(seed).uniform(1, 9, len(free.integer)), 0.0)
    return replace(free, cost={"cover": free.cost["cost"], "cost": fee}, offset={"cover": 0.0, "cost": 0.0})


def first_stage(matrix: Matrix, then: StageName | None, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """The stage `cover` by structure."""
    monkeypatch.setattr(stage, "WORTH_IT", 0)
    options = Options(gap=0.0, time_limit_s=60)
    run = StageRun("cover", Solver(matrix), options, 60, lambda _s, _p: None, first=True, then=then)
    return run.solve(None)


def test_the_next_stage_breaks_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over four draws of fees: nobody is short either way, which is proven, and with the next stage in sight fees are less."""
    for seed in range(4):
        matrix, fees = two_stages(seed), []
        for then in AHEAD_OR_NOT:
            end = first_stage(matrix, then, monkeypatch)
            assert end.ending == "proven"
            assert matrix.value("cover", end.x) == pytest.approx(0, abs=1e-6)
            assert end.bound <= 1e-6
            fees.append(matrix.value("cost", end.x))
        assert fees[0] < fees[1]
