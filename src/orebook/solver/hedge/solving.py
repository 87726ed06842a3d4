"""A hedged run with its audit: each bound over all futures is held against a process that solved nothing of it."""

from __future__ import annotations

from typing import Literal

from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.solver.audit.audit import START_UP_S, TIME_FACTOR, verdict_of
from orebook.solver.hedge.assemble import hedged_plan
from orebook.solver.hedge.hedge_run import HedgeRun
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener


def solve_hedge(
    problem: Problem,
    model: Model,
    options: Options,
    risk: RiskMeasure,
    stop: Stop | None = None,
    listener: Listener | None = None,
    workers: int = 1,
) -> HedgedPlan:
    """The hedged plan. Raises as `HedgeRun.solve` does."""
    stop = stop or Stop()
    solved = HedgeRun(problem, model, options, risk, stop, listener or Listener(), workers).solve()
    audited: bool | Literal["timed out"] = False
    if options.audit and any(claim.closed for claim in solved.hedged.claims):
        seconds = TIME_FACTOR * solved.seconds + START_UP_S
        said = verdict_of(solved.hedged.claims, seconds, options.seed, options.threads, stop)
        audited = "timed out" if said == "timed out" else said == "confirmed"
    return hedged_plan(problem, model, risk, options.gap, solved, audited)
