"""The same outcomes from a cluster of processes, one of them killed while it works."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest

import orebook
from orebook.errors import SolveError
from orebook.scenarios.run_list import SolveSettings, solve_scenarios
from orebook.scenarios.scenario import Scenario
from orebook.solver.lp.stop import Stop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.filterwarnings("default")  # the cluster's own library warns when its processes die


@pytest.mark.slow
def test_a_cluster_agrees_though_a_worker_is_killed() -> None:
    """Two processes behind a scheduler; one is killed at work. Every scenario comes back as from one process here."""
    from distributed import LocalCluster

    base = orebook.solve(orebook.read("instances/vault-small"), audit=False)
    changes = [f"minerals.copper.price_usd_per_t=+{p}%" for p in range(8)]
    listed = [Scenario(name=c, changes=(c,)) for c in changes]
    here = solve_scenarios(SolveSettings(base), listed, Stop())
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        killed: list[int] = []
        threading.Thread(target=_kill_one, args=(cluster, killed), daemon=True).start()
        there = solve_scenarios(SolveSettings(base, cluster=cluster.scheduler_address), listed, Stop())
    assert killed
    assert [(o.name, o.status, o.total_usd, o.tickets) for o in there] == [
        (o.name, o.status, o.total_usd, o.tickets) for o in here
    ]


def _kill_one(cluster: Any, killed: list[int]) -> None:
    """Kill the first worker that is at work."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        at_work = [w.name for w in cluster.scheduler.workers.values() if w.processing]
        if at_work:
            pid = cluster.workers[at_work[0]].process.process.pid
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
            return
        time.sleep(0.05)


def test_no_scheduler_is_said() -> None:
    """An address where nobody answers ends with its name."""
    base = orebook.solve(orebook.read("instances/teaching/budget"), audit=False)
    with pytest.raises(SolveError, match=r"tcp://127\.0\.0\.1:1"):
        solve_scenarios(SolveSettings(base, cluster="tcp://127.0.0.1:1"), [Scenario(name="x")], Stop())
