"""A whole hedged run: each future alone, all of them together, and the instance's own plan held against both.

Together the stages are solved in order on the joint program, each kept by the next, as a run of one problem does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from orebook.errors import NoPlanError, SolveError, StoppedError
from orebook.exact import ZERO, Fraction, exact
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.clock import Clock
from orebook.solver.hedge.alone import LEAST_S, alone_plans
from orebook.solver.hedge.following import following
from orebook.solver.hedge.futures import KnownFuture, known_futures
from orebook.solver.hedge.giving_way import clash_of_futures
from orebook.solver.hedge.joint_program import JointProgram, joint_program
from orebook.solver.hedge.joint_stages import JointStages, Reached
from orebook.solver.hedge.now_tickets import with_now_tickets
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.process_pool import warm_up
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener
from orebook.solver.run.run import Run

OWN_SHARE = 0.08
"""Part of the time for the plan of the instance as it stands, from which all others begin."""

ALONE_SHARE = 0.15
"""Part of the time left for the plans of each future alone."""

FOLLOWING_SHARE = 0.2
"""Part of the time left after that for a first plan of all futures, each going on from the instance's own."""

PLAIN_SHARE = 0.3
"""Part of the time left after that for the plain plan."""


@dataclass(frozen=True)
class SolvedHedge:
    """A finished hedged run."""

    joint: JointProgram
    hedged: Reached
    plain: Reached | None
    plain_plan: Plan
    alone: tuple[Plan | None, ...]
    seconds: float
    plain_says: str = ""
    """Why there is no plain plan."""


@dataclass
class HedgeRun:
    """One hedged run of a problem and its futures."""

    problem: Problem
    model: Model
    options: Options
    risk: RiskMeasure = field(default_factory=RiskMeasure)
    stop: Stop = field(default_factory=Stop)
    listener: Listener = field(default_factory=Listener)
    """Hears of each future's plan, and of the stages of all futures together."""
    workers: int = 1
    """Processes that solve futures side by side, and threads that search for plans of all of them."""

    def solve(self) -> SolvedHedge:
        """The plans. Raises InfeasibleError where a future has no plan even alone, or some have none together,
        StoppedError where a limit came before any plan, InputError for a future's changes."""
        clock = Clock(self.options.time_limit_s, self.options.shares)
        warm_up(self.options.solver)
        futures = known_futures(self.problem)
        own = self._own(clock.part(OWN_SHARE).left)
        seconds, on_alone = ALONE_SHARE * clock.left, self.listener.on_alone
        alone = alone_plans(futures, own, self.model, self.options, seconds, self.workers, self.stop, on_alone)
        joint = joint_program(futures, self.model, self.risk)
        options = replace(self.options, threads=max(self.options.threads, self.workers))
        silent = JointStages(joint, self.model, options, self.risk, self.stop)
        stages = replace(silent, on_progress=self.listener.on_progress)
        first = following(joint, self.model, own, options, clock.part(FOLLOWING_SHARE), self.stop, alone)
        plain, says = self._plain(silent, own, clock.part(PLAIN_SHARE), first)
        start = first if plain is None else plain.judged.x
        least = self._of_alone(joint, alone)
        try:
            hedged = stages.solve(joint.matrix, clock, start, least)
        except StoppedError as error:
            hedged = stages.by_no_solver(error, least)
        except NoPlanError as error:
            raise clash_of_futures(futures, self.model, self.options, clock, self.stop) from error
        return SolvedHedge(joint, hedged, plain, own, alone, clock.elapsed, says)

    def _own(self, seconds: float) -> Plan:
        """The plan of the instance as it stands."""
        options = replace(self.options, time_limit_s=max(LEAST_S, seconds))
        return Run(self.problem, self.model, options, stop=self.stop).solve().plan

    def _of_alone(self, joint: JointProgram, alone: Sequence[Plan | None]) -> float:
        """A bound of the first stage: no plan does better in a future than the best that knows it (wait and see).

        None where a policy row gave way in one, as together it may be kept or another give way, or where one is not known.
        """
        found = [plan for plan in alone if plan is not None and not plan.document.given_up]
        if len(found) < len(alone):
            return -np.inf
        return risk_of_alone(self.risk, joint.futures, found, joint.stages[0], 0)

    def _plain(self, stages: JointStages, own: Plan, clock: Clock, start: Floats | None) -> tuple[Reached | None, str]:
        """What the instance's own tickets of the weeks that are now come to; or why that is not known: they leave the futures
        no plan, or none was found in time."""
        try:
            return stages.solve(with_now_tickets(stages.joint, own), clock, start), ""
        except (NoPlanError, SolveError) as error:
            return None, str(error)


def risk_of_alone(
    risk: RiskMeasure, futures: Sequence[KnownFuture], alone: Sequence[Plan], stage: StageName, side: int
) -> float:
    """R of the futures alone, by their bounds (side 0) or their values (side 1); 0 of one in which the stage does not apply."""
    found = list[Fraction]()
    for plan in alone:
        result = next((s for s in plan.document.stages if s.stage == stage), None)
        found.append(ZERO if result is None else exact((result.bound, result.value)[side]))
    return float(risk.of([f.probability for f in futures], found))
