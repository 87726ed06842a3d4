"""What the solver's process does not end by itself is ended: at its limit, after a stop, with whoever asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import psutil
import pytest

from orebook.errors import SolveError
from orebook.solver.lp import child_process
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.process_pool import SolverProcess, solver_process
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from tests.solver.matrices import knapsack

LONG_S = 500.0
"""Within which everything here is over by far, however busy the machine; what is asked takes longer."""

LONG = """
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.limits import Limits
from tests.solver.matrices import knapsack
knap = knapsack(items=200)
Solver(knap).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0))
"""


def deaf() -> None:
    """The process that is asked next looks at no clock and hears nothing."""
    with solver_process() as at:
        at._process.send_signal(signal.SIGSTOP)


def test_a_solve_past_its_limit_is_killed() -> None:
    """Half a second, and a process that does not even look: it has run out of time, without plan or bound."""
    knap, began = knapsack(items=10), time.monotonic()
    deaf()
    outcome = Solver(knap).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 0.5))
    assert (outcome.ending, outcome.stopped_by, outcome.bound) == ("empty-handed", "time", -np.inf)
    assert time.monotonic() - began < LONG_S


@pytest.mark.parametrize("ignore_stop", [False, True])
def test_a_solve_that_hears_no_stop_is_killed(ignore_stop: bool) -> None:
    """Stopped a moment later, one with ten minutes' time ends; so does one that makes a plan of what there is."""
    knap, stop, began = knapsack(items=10), Stop(), time.monotonic()
    deaf()
    threading.Timer(0.2, setattr, (stop, "asked", True)).start()
    outcome = Solver(knap, stop).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0, ignore_stop=ignore_stop))
    assert (outcome.ending, outcome.stopped_by) == ("empty-handed", "interrupt")
    assert time.monotonic() - began < LONG_S


def test_the_hard_end_counts_for_every_solve() -> None:
    """A solver whose run is over asks for nothing that takes long, whatever limit the solve itself has."""
    knap, began = knapsack(items=200), time.monotonic()
    solver = Solver(knap, until=time.perf_counter() + 0.5)
    outcome = solver.solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0, ignore_stop=True))
    assert outcome.stopped_by == "time"
    assert time.monotonic() - began < LONG_S


def test_a_killed_solve_has_the_last_plan_and_bound_that_it_told_of() -> None:
    """A knapsack killed half way has a plan that holds, and a bound that lies under it."""
    knap = knapsack(items=200)
    for seconds in (2.0, 20.0, 200.0):  # until it has come to a plan before it is killed
        outcome = Solver(knap, until=time.perf_counter() + seconds).solve(
            knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0)
        )
        if outcome.has_plan:
            break
    assert (outcome.ending, outcome.stopped_by) == ("stopped", "time")
    assert (knap.A @ outcome.x <= knap.row_upper + 1e-6).all()
    assert outcome.bound < knap.value("cost", outcome.x)


def test_a_solve_without_a_plan_has_the_one_it_began_from() -> None:
    """Stopped before anything was looked at: the start, where it keeps the rows, and nothing where it does not."""
    knap, stop = knapsack(), Stop(asked=True)
    assert stop.seconds < LONG_S
    time.sleep(1.1 * child_process.HEEDS_S)
    for start, has_plan in ((np.zeros(60), True), (np.ones(60), False)):
        outcome = Solver(knap, stop).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 600.0), start)
        assert (outcome.has_plan, outcome.stopped_by) == (has_plan, "interrupt")


def test_a_process_that_dies_is_replaced() -> None:
    """One that was killed from outside before it was asked costs nothing; the answer is the same."""
    knap, limits = knapsack(items=10), Limits(0.0, 0.0, 600.0)
    first = Solver(knap).solve(knap.cost["cost"], 0.0, limits)
    with solver_process() as at:
        pid = at._process.pid
    os.kill(pid, signal.SIGKILL)
    again = Solver(knap).solve(knap.cost["cost"], 0.0, limits)
    assert (again.x == first.x).all()


def test_a_question_that_kills_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two processes die of it, the solver has failed, and says so."""
    monkeypatch.setattr(SolverProcess, "send", lambda self, _question: self._process.kill())
    with pytest.raises(SolveError, match="died 2 times"):
        Solver(knapsack()).solve(np.ones(60), 0.0, Limits(0.0, 0.0, 600.0))


def test_it_ends_with_who_asked() -> None:
    """The solver's process of one that is killed, whatever it was doing, is gone soon."""
    with subprocess.Popen([sys.executable, "-c", LONG]) as asking:
        children: list[psutil.Process] = []
        until = time.monotonic() + LONG_S
        while time.monotonic() < until and not any(c.cpu_times().user > 0.5 for c in children):
            children = psutil.Process(asking.pid).children()
            time.sleep(0.1)
        asking.kill()
    gone, alive = psutil.wait_procs(children, timeout=LONG_S)
    assert gone
    assert not alive
