"""The stages of a model on the program of all futures, each kept by the next, as a run of one problem solves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from orebook.errors import InputError, NoPlanError, SolveError, StoppedError
from orebook.reading.text import fault
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.plan import StageResult
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.clock import Clock
from orebook.solver.hedge.giving_way import RelaxedFutures, relaxed_futures
from orebook.solver.hedge.joint_finaliser import JointFinaliser, JudgedFutures
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.hedge.unaided import nothing_bought
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.gaps import GRAM_GAP_REL, gap_of, kept_padding, most_kept, within
from orebook.solver.lp.limits import Progress
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.claim import Claim
from orebook.solver.run.hair_bound import with_hair_counted
from orebook.solver.run.stage import StageRun

MIN_INTERIOR_COLUMNS = 20_000
"""Columns of a joint program from which on its relaxations are solved by an interior point method.

Measured on the vault's cover, seconds of one core by the dual simplex and by the interior point method: one future 1.5 and 2.4,
two (19,049 columns) 7.1 and 5.7, three 20 or more and 12, six 104 or more and 30.
"""


@dataclass(frozen=True)
class Reached:
    """What the stages came to over all futures; `judged` has each future's plan."""

    stages: tuple[StageResult, ...]
    judged: JudgedFutures
    claims: tuple[Claim, ...]
    relaxed: RelaxedFutures
    """The policy rows that gave way."""


@dataclass(frozen=True)
class JointStages:
    """What solves the stages of a joint program, or of one with its columns and rows and other bounds."""

    joint: JointProgram
    model: Model
    options: Options
    risk: RiskMeasure
    stop: Stop
    insist: bool = False
    """Policy does not give way: where no plan keeps it, there is none."""
    on_progress: Callable[[StageName, Progress], None] = field(default=lambda _s, _p: None)

    def solve(self, matrix: Matrix, clock: Clock, start: Floats | None, first_bound: float = -np.inf) -> Reached:
        """The stages in order; `first_bound` is known of the first where no policy row gives way.

        Raises NoPlanError where physics and contract leave the futures no plan together, StoppedError where a limit came before
        any, InputError where no stage applies.
        """
        results, claims, judged, found = list[StageResult](), list[Claim](), None, tuple[Cut, ...]()
        relaxed, x = RelaxedFutures.none(self.joint, matrix), start
        finaliser = JointFinaliser(self.joint, self.model, self.risk, relaxed.excused)
        for k, stage in enumerate(self.joint.stages):
            solver = self._solver(matrix, clock)
            x = x if x is not None and solver.keeps_rows(x) else None
            outcome = self._stage(self.joint.stages[k:], solver, clock, x, found, first=k == 0)
            if k == 0 and outcome.ending == "infeasible":
                if self.insist:
                    raise NoPlanError("no plan keeps every rule in all futures together")
                relaxed = relaxed_futures(self.joint, self.model, matrix, self.options, clock, self.stop)
                finaliser = JointFinaliser(self.joint, self.model, self.risk, relaxed.excused)
                matrix, x, first_bound = relaxed.matrix, relaxed.start, -np.inf
                solver = self._solver(matrix, clock)
                x = x if x is not None and solver.keeps_rows(x) else None
                outcome = self._stage(self.joint.stages, solver, clock, x, found, first=True)
            outcome = with_hair_counted(solver, stage, outcome.with_start(x))
            if not outcome.has_plan and judged is None:
                if outcome.ending == "failed":
                    raise SolveError(outcome.detail)
                says = f"stopped after {clock.elapsed:.0f} s, before a first plan was found"
                raise StoppedError(says, outcome.bound)
            found = outcome.cuts if stage not in TIE_BREAKING else found
            judged = _better(finaliser, solver, stage, outcome, judged)
            value = float(finaliser.risk_of(judged, stage))
            least = outcome.bound if np.isfinite(outcome.bound) else least_of(matrix, stage)
            bound = min(value, max(least, first_bound if k == 0 else -np.inf))
            gap = gap_of(stage, value, bound)
            results.append(
                StageResult(stage=stage, value=value, bound=bound, gap=gap, final=value, seconds=outcome.seconds)
            )
            if stage not in TIE_BREAKING:
                claims.append(Claim(stage, matrix, bound, within(gap, self.options.gap), outcome.certificate))
            matrix = matrix.keeping(stage, most_kept(value, self.model.slack_of(stage)), kept_padding(value))
            x = judged.x
        if judged is None:
            says = "has no stage that applies to this instance; add one, such as cost"
            raise InputError([fault(self.model.name, None, "no_stage", says)])
        final = tuple(_ended(r, float(finaliser.risk_of(judged, r.stage)), self.joint.matrix) for r in results)
        return Reached(final, judged, tuple(claims), relaxed)

    def by_no_solver(self, stopped: StoppedError, first_bound: float = -np.inf) -> Reached:
        """Plans that need no solver, with what was proven of the first stage; raises the error where there are none."""
        found = nothing_bought(self.joint, self.model)
        if found is None:
            raise stopped
        judged, relaxed = found
        finaliser = JointFinaliser(self.joint, self.model, self.risk, relaxed.excused)
        results = list[StageResult]()
        for stage in self.joint.stages:
            value = float(finaliser.risk_of(judged, stage))
            proven = -np.inf if results or relaxed.any else max(first_bound, stopped.bound)
            bound = min(value, max(proven, least_of(self.joint.matrix, stage)))
            gap = gap_of(stage, value, bound)
            results.append(StageResult(stage=stage, value=value, bound=bound, gap=gap, final=value))
        return Reached(tuple(results), judged, (), relaxed)

    def _solver(self, matrix: Matrix, clock: Clock) -> Solver:
        options = self.options
        return Solver(
            tightened(matrix), self.stop, until=clock.until, tolerance=options.tolerance, backend=options.solver
        )

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
        """The first of the stages that are left, from the plan `start` where there is one."""
        main = sum(s not in TIE_BREAKING for s in stages)
        seconds = clock.share(main, len(stages) - main)
        then = next((s for s in stages[1:] if s not in TIE_BREAKING), None)
        cuts = () if stages[0] in TIE_BREAKING else found
        options = replace(self.options, search=replace(self.options.search, min_interior_columns=MIN_INTERIOR_COLUMNS))
        afresh, hear = first and start is None, self.on_progress
        return StageRun(stages[0], solver, options, seconds, hear, afresh, then, clock.left, cuts).solve(start)


def _better(
    finaliser: JointFinaliser, solver: Solver, stage: StageName, outcome: Outcome, before: JudgedFutures | None
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
