"""The library's front door: read an instance, solve it, ask the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orebook.model_files import read_model
from orebook.reader import read
from orebook.schema.model import Model

if TYPE_CHECKING:
    from orebook.plan import Plan
    from orebook.problem import Problem
    from orebook.solver.run import Listener
    from orebook.solver.stop import Stop

__all__ = ["read", "read_model", "solve"]


def solve(
    problem: Problem,
    model: str | Path | Model = "weekly",
    *,
    gap: float | None = None,
    time_limit_s: float | None = None,
    threads: int | None = None,
    audit: bool = True,
    listener: Listener | None = None,
    stop: Stop | None = None,
) -> Plan:
    """The buy plan of a problem under a model: its name, its file or the model itself.

    `gap` is relative and `time_limit_s` in seconds, both for all stages together; where they are None the model's own
    count. The audit takes at most twice the solving time on top. Raises InputError for a model that cannot be used,
    InfeasibleError with the clash where physics and contract leave no plan, and StoppedError where a limit came first.
    """
    from orebook.solver.audit import audited
    from orebook.solver.options import Options
    from orebook.solver.run import Listener, Run
    from orebook.solver.stop import Stop

    chosen = model if isinstance(model, Model) else read_model(model)
    options = Options.of(chosen, gap=gap, time_limit_s=time_limit_s, threads=threads, audit=audit)
    run = Run(problem, chosen, options, listener or Listener(), stop or Stop())
    solved = run.solve()
    return audited(run, solved).plan if audit else solved.plan
