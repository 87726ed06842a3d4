"""A plan solved and then audited: the one order of both, for library, command line and service."""

from __future__ import annotations

from collections.abc import Callable

from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.audit.audit import audited
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener
from orebook.solver.run.run import Run


def solve_and_audit(
    problem: Problem,
    model: Model,
    options: Options,
    *,
    listener: Listener | None = None,
    stop: Stop | None = None,
    start: Plan | None = None,
    on_plan: Callable[[Plan], None] = lambda _plan: None,
) -> Plan:
    """The plan with the audit's verdict, where `options.audit` asks for one, there is a bound to audit, and nobody said stop.

    `on_plan` gets the plan before it is audited, which may take twice as long again, so that it can be kept; it is not called
    where there is no audit. The tickets of `start` are where the search begins. `model` is the problem's effective one.
    Raises InputError for a solver that is not there, InfeasibleError, and StoppedError where a limit or a stop leaves no plan.
    """
    run = Run(problem, model, options, listener or Listener(), stop or Stop())
    if start is not None:
        run.warm_start = WarmStart.of(problem, start)
    solved = run.solve()
    if not options.audit or not solved.claims or run.stop.asked:
        return solved.plan
    on_plan(solved.plan)
    return audited(run, solved).plan
