"""A whole hedged run: each future alone, all of them together, and the instance's own plan held against both.

Together the stages are solved in order on the joint program, each kept by the next, as a run of one problem does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from orebook.errors import InfeasibleError, InputError, NoPlanError, SolveError, StoppedError
from orebook.exact import ZERO, Fraction, exact
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.plan import StageResult
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.clock import Clock
from orebook.solver.hedge.following import following
from orebook.solver.hedge.futures import KnownFuture, known_futures
from orebook.solver.hedge.joint_finaliser import JointFinaliser, JudgedFutures
from orebook.solver.hedge.joint_program import JointProgram, joint_program
from orebook.solver.hedge.now_tickets import with_now_tickets
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.gaps import GRAM_GAP_REL, gap_of, kept_padding, most_kept, within
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.process_pool import warm_up
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.claim import Claim
from orebook.solver.run.listener import Listener
from orebook.solver.run.run import Run
from orebook.solver.run.stage import StageRun

ALONE_SHARE = 0.25
"""Part of the time for the plans of each future alone and of the instance as it stands."""

FOLLOWING_SHARE = 0.35
"""Part of the time left for a first plan of all futures, each going on from the instance's own."""

PLAIN_SHARE = 0.15
"""Part of the time left after that for the plain plan."""


@dataclass(frozen=True)
class Reached:
    """What the stages came to over all futures; `judged` has each future's plan."""

    stages: tuple[StageResult, ...]
    judged: JudgedFutures
    claims: tuple[Claim, ...]
    cut_short: bool


@dataclass(frozen=True)
class SolvedHedge:
    """A finished hedged run."""

    joint: JointProgram
    hedged: Reached
    plain: Reached | None
    plain_plan: Plan
    alone: tuple[Plan, ...]
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
    plain_says: str = ""
    """Why there is no plain plan."""

    def solve(self) -> SolvedHedge:
        """The plans. Raises InfeasibleError where a future has no plan even alone, NoPlanError where they have none together,
        StoppedError where a limit came before any plan, InputError for a future's changes."""
        clock = Clock(self.options.time_limit_s, self.options.shares)
        warm_up(self.options.solver)
        futures = known_futures(self.problem)
        alone, own = self._alone(futures, clock.part(ALONE_SHARE))
        joint = joint_program(futures, self.model, self.risk)
        finaliser = JointFinaliser(joint, self.model, self.risk)
        first = following(joint, self.model, own, self.options, clock.part(FOLLOWING_SHARE), self.stop)
        fixed = with_now_tickets(joint, own)
        plain = self._plain(joint, fixed, finaliser, clock.part(PLAIN_SHARE), first)
        start = first if plain is None else plain.judged.x
        hedged = self._stages(joint, joint.matrix, finaliser, clock, start, self._of_alone(joint, alone))
        return SolvedHedge(joint, hedged, plain, own, alone, clock.elapsed, self.plain_says)

    def _alone(self, futures: Sequence[KnownFuture], clock: Clock) -> tuple[tuple[Plan, ...], Plan]:
        """The best plan of each future that is known from week 1, and the instance's own."""
        found, own = list[Plan](), None
        for k, future in enumerate(futures):
            seconds = clock.left / (len(futures) - k + 1)
            try:
                plan = self._best(future.world, seconds)
            except InfeasibleError as error:
                says = f"In the future {future.future.name}, even alone: {error.clash.says}"
                raise InfeasibleError(error.clash.model_copy(update={"says": says})) from error
            found.append(plan)
            own = plan if future.world == self.problem else own
        return tuple(found), own or self._best(self.problem, max(1.0, clock.left))

    def _best(self, problem: Problem, seconds: float) -> Plan:
        options = replace(self.options, time_limit_s=max(1.0, seconds))
        return Run(problem, self.model, options, stop=self.stop).solve().plan

    def _of_alone(self, joint: JointProgram, alone: Sequence[Plan]) -> float:
        """A bound of the first stage: no plan does better in a future than the best that knows it (wait and see)."""
        return risk_of_alone(self.risk, joint.futures, alone, joint.stages[0], 0)

    def _plain(
        self, joint: JointProgram, matrix: Matrix, finaliser: JointFinaliser, clock: Clock, start: Floats | None
    ) -> Reached | None:
        """What the instance's own tickets of the weeks that are now come to; None where they leave the futures no plan, or
        where none was found in time."""
        try:
            return self._stages(joint, matrix, finaliser, clock, start)
        except (NoPlanError, SolveError) as error:
            self.plain_says = str(error)
            return None

    def _stages(
        self,
        joint: JointProgram,
        matrix: Matrix,
        finaliser: JointFinaliser,
        clock: Clock,
        start: Floats | None,
        first_bound: float = -np.inf,
    ) -> Reached:
        """The stages in order on a program with the joint one's columns; `first_bound` is known of the first."""
        results, claims, judged, cut_short, found = list[StageResult](), list[Claim](), None, False, tuple[Cut, ...]()
        x = start
        for k, stage in enumerate(joint.stages):
            solver = Solver(
                tightened(matrix),
                self.stop,
                until=clock.until,
                tolerance=self.options.tolerance,
                backend=self.options.solver,
            )
            x = x if x is not None and solver.keeps_rows(x) else None
            outcome = self._stage(joint.stages[k:], solver, clock, x, found, first=k == 0)
            outcome = outcome.with_start(x)
            if k == 0 and outcome.ending == "infeasible":
                raise NoPlanError("no plan keeps every rule in all futures together")
            if not outcome.has_plan and judged is None:
                if outcome.ending == "failed":
                    raise SolveError(outcome.detail)
                says = f"stopped after {clock.elapsed:.0f} s, before a first plan was found"
                raise StoppedError(says, outcome.bound)
            found = outcome.cuts if stage not in TIE_BREAKING else found
            judged = self._better(finaliser, solver, stage, outcome, judged)
            value = float(finaliser.risk_of(judged, stage))
            least = outcome.bound if np.isfinite(outcome.bound) else least_of(matrix, stage)
            bound = min(value, max(least, first_bound if k == 0 else -np.inf))
            gap = gap_of(stage, value, bound)
            results.append(
                StageResult(stage=stage, value=value, bound=bound, gap=gap, final=value, seconds=outcome.seconds)
            )
            cut_short = cut_short or outcome.cut_short
            if stage not in TIE_BREAKING:
                claims.append(Claim(stage, matrix, bound, within(gap, self.options.gap), outcome.certificate))
            matrix = matrix.keeping(stage, most_kept(value, self._slack(stage)), kept_padding(value))
            x = judged.x
        if judged is None:
            says = "has no stage that applies to this instance; add one, such as cost"
            raise InputError([fault(self.model.name, None, "no_stage", says)])
        final = tuple(_ended(r, float(finaliser.risk_of(judged, r.stage)), joint.matrix) for r in results)
        return Reached(final, judged, tuple(claims), cut_short)

    def _stage(
        self,
        stages: Sequence[StageName],
        solver: Solver,
        clock: Clock,
        start: Floats | None,
        found: tuple[Cut, ...],
        *,
        first: bool,
    ) -> Outcome:
        main = sum(s not in TIE_BREAKING for s in stages)
        seconds = clock.share(main, len(stages) - main)
        then = next((s for s in stages[1:] if s not in TIE_BREAKING), None)
        cuts = () if stages[0] in TIE_BREAKING else found
        run = StageRun(stages[0], solver, self.options, seconds, Listener().on_progress, first, then, clock.left, cuts)
        return run.solve(start)

    def _better(
        self,
        finaliser: JointFinaliser,
        solver: Solver,
        stage: StageName,
        outcome: Outcome,
        before: JudgedFutures | None,
    ) -> JudgedFutures:
        """The stage's plans, or those before where these are no better or cannot be settled."""
        try:
            judged = finaliser.finalise(solver, stage, outcome.x) if outcome.has_plan else None
        except SolveError:
            if before is None:
                raise
            judged = None
        if judged is None:
            assert before is not None
            return before
        if before is not None and finaliser.risk_of(before, stage) < finaliser.risk_of(judged, stage):
            return before
        return judged

    def _slack(self, stage: StageName) -> float:
        return next(s.slack for s in self.model.stages if s.stage == stage)


def risk_of_alone(
    risk: RiskMeasure, futures: Sequence[KnownFuture], alone: Sequence[Plan], stage: StageName, side: int
) -> float:
    """R of the futures alone, by their bounds (side 0) or their values (side 1); 0 of one in which the stage does not apply."""
    found = list[Fraction]()
    for plan in alone:
        result = next((s for s in plan.document.stages if s.stage == stage), None)
        found.append(ZERO if result is None else exact((result.bound, result.value)[side]))
    return float(risk.of([f.probability for f in futures], found))


def _ended(result: StageResult, final: float, matrix: Matrix) -> StageResult:
    """A stage as the plans stand in the end: where those are better than what was called proven, nothing is.

    HiGHS 1.15.1 calls plans best that are not where a kept stage has coefficients such as 4/3.
    """
    stage: StageName = result.stage
    if gap_of(stage, result.bound, final) <= GRAM_GAP_REL:
        return result.model_copy(update={"final": final})
    bound = min(final, least_of(matrix, stage))
    return result.model_copy(
        update={"value": final, "bound": bound, "gap": gap_of(stage, final, bound), "final": final}
    )
