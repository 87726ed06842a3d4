"""A run that is stopped keeps its plan and never passes for a proof; one that is not stopped is the same every time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import orebook
from orebook.errors import StoppedError
from orebook.schema.stages import StageName
from orebook.solver.lp import child_process
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits, Progress
from orebook.solver.lp.messages import Answer
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop, on_interrupt
from orebook.solver.run.listener import Listener
from tests.solver.matrices import knapsack

SMALL = Path(__file__).parents[2] / "instances" / "vault-small"
ONCE = """
import json, orebook
plan = orebook.solve(orebook.read({folder!r}), "weekly", gap=0.0, audit=False)
document = json.loads(plan.document.model_dump_json())
for stage in document["stages"]:
    del stage["seconds"]
print(json.dumps(document))
"""


def test_stopping_keeps_the_plan() -> None:
    """A solve that is stopped at its first plan ends with a plan that holds and a bound that is none of it."""
    knap, stop = knapsack(), Stop()

    def hear(progress: Progress) -> None:
        stop.asked = progress.incumbent is not None

    outcome = Solver(knap, stop, hear).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0))
    assert (outcome.ending, outcome.stopped_by) == ("stopped", "interrupt")
    assert (knap.A @ outcome.x <= knap.row_upper + 1e-6).all()
    assert outcome.bound < knap.value("cost", outcome.x) - 1


def test_a_limit_is_no_proof() -> None:
    """A solve that runs out of time or nodes says so, and its bound lies below its plan."""
    knap = knapsack()
    for limits, start, cut in (
        (Limits(0.0, 0.0, 0.5), np.zeros(60), "time"),
        (Limits(0.0, 0.0, 600.0, nodes=5), None, "count"),
        (Limits(0.0, 0.0, 600.0, improvements=1), None, "count"),
    ):
        outcome = Solver(knap).solve(knap.cost["cost"], 0.0, limits, start)
        assert (outcome.ending, outcome.stopped_by) == ("stopped", cut)
        assert outcome.bound < knap.value("cost", outcome.x)


def test_the_first_interrupt_asks_and_the_second_quits(capfd: pytest.CaptureFixture[str]) -> None:
    """The first Ctrl-C sets the flag that the solver looks at; the second raises."""
    stop = Stop()
    with on_interrupt(stop):
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert "Ctrl-C again quits" in capfd.readouterr().err


@pytest.mark.parametrize("at", ["cover", "cost"])
def test_a_stopped_run_is_not_shown_as_a_proof(at: StageName) -> None:
    """Stopped at a stage's first sign of life, a run still has a plan, with bounds that leave it unproven."""
    stop = Stop()

    def hear(stage: StageName, progress: Progress) -> None:
        stop.asked = stop.asked or (stage == at and progress.incumbent is not None)

    plan = orebook.solve(
        orebook.read(SMALL), "weekly", gap=0.0, audit=False, listener=Listener(on_progress=hear), stop=stop
    )
    gaps = {s.stage: s.gap for s in plan.document.stages}
    assert stop.asked
    assert plan.document.status == "feasible"
    assert max(gaps["cover"], gaps["cost"]) > 1e-6
    assert not plan.document.repeatable


@pytest.mark.slow
def test_the_same_input_gives_the_same_plan_in_fresh_processes() -> None:
    """Two processes with other hash seeds write the same plan, seconds apart."""
    plans = [
        subprocess.run(
            [sys.executable, "-c", ONCE.format(folder=str(SMALL))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert json.loads(plans[0])["tickets"]
    assert plans[0] == plans[1]


def test_a_relaxation_that_was_cut_off_has_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point on the way to the optimum holds, and is worth less than it: its value bounds nothing."""
    knap, told = knapsack(), child_process.answered
    part, solver = Domain.relaxed(knap), Solver(knap)
    whole = solver.solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0), None, part)

    def cut_off(*asked: Any, **more: Any) -> Answer:
        answer = told(*asked, **more)
        assert answer.x is not None
        bound, objective, x = answer.bound / 2, answer.objective / 2, answer.x / 2
        return replace(answer, status="count", duals=None, basis=None, bound=bound, objective=objective, x=x)

    monkeypatch.setattr("orebook.solver.lp.solver.answered", cut_off)
    cut = solver.solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0), None, part)
    assert (cut.ending, cut.stopped_by) == ("stopped", "count")
    assert knap.value("cost", cut.x) > whole.bound + 1
    assert cut.bound == -np.inf


def test_a_bound_is_believed_only_where_the_solver_kept_it() -> None:
    """An outcome without a plan has no point to ask for."""
    outcome = Solver(knapsack()).solve(np.ones(60), 0.0, Limits(0.0, 0.0, 0.0))
    assert outcome.ending == "empty-handed"
    with pytest.raises(StoppedError):
        _ = outcome.x
