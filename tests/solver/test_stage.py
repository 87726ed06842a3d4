"""A stage's search for plans: of those that count the same, it likes what the next stage will like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from orebook.schema.stages import StageName
from orebook.solver.heuristics import relax_and_fix
from orebook.solver.heuristics.decomposition import Search
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.relaxation import relaxation
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run import stage
from orebook.solver.run.stage import StageRun
from tests.solver.searches import BY_STRUCTURE, apart, nothing, search_of

AHEAD_OR_NOT: tuple[StageName | None, ...] = ("cost", None)


def two_stages(seed: int) -> Matrix:
    """Minerals that need be short of nothing: `cover` counts what is short, `cost` lots by fees drawn at random."""
    free = apart(8)
    fee = np.where(free.integer, np.random.default_rng(seed).uniform(1, 9, len(free.integer)), 0.0)
    return replace(free, cost={"cover": free.cost["cost"], "cost": fee}, offset={"cover": 0.0, "cost": 0.0})


def first_stage(matrix: Matrix, then: StageName | None) -> Outcome:
    """The stage `cover` by structure."""
    options = Options(gap=0.0, time_limit_s=60, search=BY_STRUCTURE)
    run = StageRun("cover", Solver(matrix), options, 60, lambda _s, _p: None, first=True, then=then)
    return run.solve(None)


def test_the_next_stage_breaks_ties() -> None:
    """Over four draws of fees: nobody is short either way, which is proven, and with the next stage in sight fees are less."""
    for seed in range(4):
        matrix, fees = two_stages(seed), []
        for then in AHEAD_OR_NOT:
            end = first_stage(matrix, then)
            assert end.ending == "proven"
            assert matrix.value("cover", end.x) == pytest.approx(0, abs=1e-6)
            assert end.bound <= 1e-6
            fees.append(matrix.value("cost", end.x))
        assert fees[0] < fees[1]


@pytest.mark.parametrize("phase", ["relax_and_fix", "better"])
def test_a_search_that_the_clock_cut_says_so(phase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever part of it was cut: a plan that hangs on the clock must not be called repeatable."""
    search_on = getattr(stage, phase)

    def cut(search: Search, *begin: Any) -> Floats | None:
        found: Floats | None = search_on(search, *begin)
        search.cut_short = True
        return found

    monkeypatch.setattr(stage, phase, cut)
    if phase == "better":
        monkeypatch.setattr(stage, "relax_and_fix", lambda search, _latest: nothing(search.solver.matrix))
    end = first_stage(two_stages(0), "cost")
    assert (end.ending, end.stopped_by) == ("stopped", "time")


def test_faces_are_asked_for_first_where_a_plan_loses_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a plan that buys nothing: each mineral once, by what it loses against the relaxation."""
    matrix, asked = two_stages(0), list[int]()

    def recorded(minerals: Sequence[int], *_rest: object) -> tuple[()]:
        asked.extend(minerals)
        return ()

    monkeypatch.setattr(stage, "find_cuts", recorded)
    monkeypatch.setattr(stage, "relax_and_fix", lambda search, _latest: nothing(search.solver.matrix))
    first_stage(matrix, None)
    lost = search_of(replace(matrix, cost={"cost": matrix.cost["cover"]})).loss_by_mineral(nothing(matrix))
    assert sorted(asked) == list(range(len(matrix.blocks)))
    assert (np.diff(lost[asked]) <= 1e-6 * lost.max()).all()
    assert lost.max() > 2 * lost.min()


def test_a_relaxation_that_the_clock_cut_short_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it was then solved from nothing and the plan is proven: which of several it is hangs on the clock."""

    def late(*asked: Any) -> Outcome:
        return replace(relaxation(*asked), stopped_by="time")

    for where, cut in ((stage, None), (stage, "time"), (relax_and_fix, "time")):
        with monkeypatch.context() as patch:
            if cut:
                patch.setattr(where, "relaxation", late)
            assert first_stage(two_stages(0), "cost").stopped_by == cut
