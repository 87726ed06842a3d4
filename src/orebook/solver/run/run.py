"""A whole run: build, the stages in order, each kept by the next, the plan assembled from the judge's figures."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from orebook.collector import spared
from orebook.errors import DisagreementError, InputError, NoPlanError, NumericsError, SolveError, StoppedError
from orebook.formulation.build import Formulation, stages_of
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.rule_of_thumb.without_solver import Unsolved, unsolved
from orebook.schema.model import Model
from orebook.schema.plan import StageResult
from orebook.schema.stages import TIE_BREAKING, StageName, base_of
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.clock import Clock
from orebook.solver.finalise.finalise import KEPT_SLACK_SHARES, Finaliser, JudgedPoint, OverstatedError
from orebook.solver.finalise.given_up import given_up_rows
from orebook.solver.infeasibility.conflict import explain_clash
from orebook.solver.infeasibility.feasibility_relaxation import NOT_KNOWN_WHY, FeasibilityRelaxation, RelaxedPolicies
from orebook.solver.infeasibility.policy_rows import PolicyRow
from orebook.solver.lp.backends import refuse_missing
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.gaps import enough, gap_of, kept_padding, most_kept, within
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.process_pool import warm_up
from orebook.solver.lp.relaxation import relaxation
from orebook.solver.lp.scaling import ranges_of
from orebook.solver.lp.solver import FINE_TOLERANCE, Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.built_model import BuiltModel
from orebook.solver.run.claim import Claim
from orebook.solver.run.fallback import Fallback
from orebook.solver.run.hair_bound import with_hair_counted
from orebook.solver.run.listener import Listener
from orebook.solver.run.rationing import Rationing
from orebook.solver.run.stage import StageRun

LARGE_OFFER_WEEKS = 5000
"""Offers times weeks from which on looking through a model takes the collector longer than clearing up before it is made."""

POOR_GAP_REL = 0.05
"""Gap of a first stage that was cut short from which on a rule of thumb may have done better."""


@dataclass
class Solved:
    """A finished run: the plan, and what the audit needs to hold its proof against."""

    plan: Plan
    claims: tuple[Claim, ...]
    seconds: float


@dataclass
class Run:
    """One run of a problem.

    `warm_start` is a plan to begin from, the prior one where none is named. `insist`: policy does not give way, and no clash is
    looked for where there is no plan. `built` is the problem's model where there is one already.
    """

    problem: Problem
    model: Model
    options: Options
    listener: Listener = field(default_factory=Listener)
    stop: Stop = field(default_factory=Stop)
    warm_start: WarmStart | None = None
    built: BuiltModel | None = None
    insist: bool = False
    unaided: bool = True
    """Whether a plan that needs no solver will do where a limit comes before any other."""

    def solve(self) -> Solved:
        """The plan. Raises InfeasibleError with the clash, StoppedError where a limit came before any plan, InputError where no
        stage of the model applies.

        Where amounts are so small that the solver's tolerance is all of them, judge and model disagree, or nothing is proven
        though no limit came: then with a finer tolerance.
        """
        if not stages_of(self.problem, self.model):
            says = "has no stage that applies to this instance; add one, such as cost"
            raise InputError([fault(self.model.name, None, "no_stage", says)])
        refuse_missing(self.options.solver)
        clock = Clock(self.options.time_limit_s, self.options.shares)
        warm_up(self.options.solver)
        try:
            solved = self._within(clock)
        except SolveError:
            if self.options.tolerance is not None:
                raise
            return self._finer()._within(clock)
        if self.options.tolerance is not None or solved.plan.status == "optimal" or not solved.plan.document.repeatable:
            return solved
        with suppress(NoPlanError, SolveError):
            again = self._finer()._within(clock)
            return again if again.plan.status == "optimal" else solved
        return solved

    def _finer(self) -> Run:
        return replace(self, options=replace(self.options, tolerance=FINE_TOLERANCE))

    def _within(self, clock: Clock) -> Solved:
        if self.built or len(self.problem.offers) * self.problem.weeks < LARGE_OFFER_WEEKS:
            return self._planned(self.built or self._build(), clock)
        with spared(self._build) as built:
            return self._planned(built, clock)

    def _build(self) -> BuiltModel:
        held = self.warm_start.closed if self.warm_start and self.warm_start.fixed_minerals else None
        return BuiltModel.of(self.problem, self.model, held)

    def _planned(self, built: BuiltModel, clock: Clock) -> Solved:
        """The plan of the stages; one that needs no solver where a limit comes before any, or the solver fails twice.

        If whoever asks can do with that: else the error is raised.
        """
        wanted = (
            not self.insist and self.unaided and not (self.warm_start and self.warm_start.fixed_minerals)
        )  # held minerals it would not hold
        with Fallback(self.problem, self.model, built.formulation.stages, clock, self.stop, wanted) as fallback:
            try:
                return self._solved(built, clock, fallback)
            except (StoppedError, SolveError) as error:
                last = self.options.tolerance is not None and isinstance(error, NumericsError | DisagreementError)
                over = isinstance(error, StoppedError) or last or self.stop.asked or clock.left == 0
                other = fallback.plan() if over else None
                if other is None:
                    raise
                bound = error.bound if isinstance(error, StoppedError) else -np.inf
                return self._by_no_solver(built, other, bound, clock)

    def _by_no_solver(self, built: BuiltModel, other: Unsolved, bound: float, clock: Clock) -> Solved:
        """Its plan: of the first stage what was proven holds, of the others what needs no proof."""
        results: list[StageResult] = []
        for stage in built.formulation.stages:
            value = float(other.judgement.measures[stage])
            least = min(value, max(bound if not results else -np.inf, least_of(built.matrix, stage)))
            gap = gap_of(stage, value, least)
            results.append(StageResult(stage=stage, value=value, bound=least, gap=gap, final=value))
        excused = frozenset((b.rule, b.row) for b in other.judgement.breaches)
        plan = self._assemble(
            other, results, RelaxedPolicies(built.matrix, None, excused, NOT_KNOWN_WHY), repeatable=False
        )
        return Solved(plan, (), clock.elapsed)

    def _solved(self, built: BuiltModel, clock: Clock, fallback: Fallback) -> Solved:
        formulation, matrix = built.formulation, built.matrix
        start_plan = self.warm_start or WarmStart.prior(self.problem)
        if start_plan and start_plan.fixed_minerals:
            matrix = start_plan.with_fixed(formulation, matrix)
        solver, stages = self._solver(matrix, clock.until), formulation.stages
        self.listener.on_built(formulation, matrix, ranges_of(solver.matrix, solver.scaling))
        start = start_plan.as_point(formulation, solver, stages[0], clock.left / 4) if start_plan else None
        relaxed = RelaxedPolicies(matrix)
        first, results, claims = self._stage(stages, solver, clock, start, first=True), [], []
        if first.ending == "infeasible":
            self._refuse_what_is_there(stages)
            if self.insist:
                raise NoPlanError("no plan keeps every rule")
            relaxed = self._give_way(formulation, matrix, clock)
            self.listener.on_given_up(relaxed)
            matrix = relaxed.matrix
            solver = self._solver(matrix, clock.until)
            first_point = relaxed.start if relaxed.start is not None and solver.keeps_rows(relaxed.start) else None
            first = self._stage(stages, solver, clock, first_point)
        judged, cut_short, found = None, False, first.cuts
        finaliser = Finaliser(self.problem, self.model, formulation, matrix, relaxed.excused)
        for k, stage in enumerate(stages):
            outcome = first if k == 0 else self._stage(stages[k:], solver, clock, judged.x if judged else None, found)
            found = outcome.cuts if stage not in TIE_BREAKING else found
            if k == 0 and outcome.ending == "failed":
                raise NumericsError(outcome.detail)
            if k == 0 and not outcome.has_plan:
                says = f"stopped after {clock.elapsed:.0f} s, before a first plan was found"
                raise StoppedError(says, outcome.bound)
            outcome = with_hair_counted(solver, stage, outcome)
            judged, believed = self._finalise(finaliser, stages[k:], solver, outcome, judged, clock)
            value = float(judged.judgement.measures[stage])
            proven = believed and np.isfinite(outcome.bound)
            bound = min(value, outcome.bound if proven else least_of(matrix, stage))
            if believed and outcome.ending == "proven" and stage not in TIE_BREAKING:
                bound = self._surer(stage, solver, value, bound, clock)
            gap = gap_of(stage, value, bound)
            if k == 0 and outcome.cut_short and gap > POOR_GAP_REL:
                other = fallback.plan()
                if other is not None and not other.judgement.breaches and other.judgement.measures[stage] < value:
                    return self._by_no_solver(built, other, bound, clock)
            results.append(
                StageResult(stage=stage, value=value, bound=bound, gap=gap, final=value, seconds=outcome.seconds)
            )
            cut_short = cut_short or outcome.cut_short
            if stage not in TIE_BREAKING:
                claims.append(Claim(stage, matrix, bound, within(gap, self.options.gap), outcome.certificate))
                self._tell(judged, results, relaxed)
            matrix = matrix.keeping(stage, most_kept(value, self.model.slack_of(stage)), kept_padding(value))
            if base_of(stage) == "ration":
                matrix, judged = self._rationed(finaliser, stage, matrix, judged, clock)
            solver = self._solver(matrix, clock.until)
        assert judged is not None
        plan = self._assemble(judged, results, relaxed, repeatable=not (cut_short or relaxed.cut_short))
        return Solved(plan, tuple(claims), clock.elapsed)

    def _tell(self, judged: JudgedPoint, results: list[StageResult], relaxed: RelaxedPolicies) -> None:
        """The plan so far, to who listens."""
        if self.listener.on_plan is not None:
            self.listener.on_plan(self._assemble(judged, results, relaxed, repeatable=False))

    def _solver(self, matrix: Matrix, until: float) -> Solver:
        """What solves a program: made tighter, which no proof is held against."""
        options = self.options
        return Solver(
            tightened(matrix),
            self.stop,
            until=until,
            tolerance=options.tolerance,
            backend=options.solver,
            log=options.log,
        )

    def _stage(
        self,
        stages: tuple[StageName, ...],
        solver: Solver,
        clock: Clock,
        start: Floats | None,
        found: tuple[Cut, ...] = (),
        *,
        first: bool = False,
    ) -> Outcome:
        """The first of the stages that are left; `found` are the cuts of those before it."""
        main = sum(s not in TIE_BREAKING for s in stages)
        seconds = clock.share(main, len(stages) - main)
        then = next((s for s in stages[1:] if s not in TIE_BREAKING), None)
        hear, latest = self.listener.on_progress, clock.left
        cuts = () if stages[0] in TIE_BREAKING else found
        run = StageRun(stages[0], solver, self.options, seconds, hear, first, then, latest, cuts)
        return run.solve(start)

    def _surer(self, stage: StageName, solver: Solver, value: float, bound: float, clock: Clock) -> float:
        """A bound that a plan does not come up to, or the relaxation's, where the duals of that say more.

        A search ends at a point that is off its rows by the solver's tolerance, and its bound with it; duals bound exactly.
        """
        if within(gap_of(stage, value, bound), self.options.gap):
            return bound
        matrix, limits = solver.matrix, Limits(0.0, 0.0, clock.left, seed=self.options.seed, sure=True)
        relaxed = relaxation(solver, matrix.cost[stage], matrix.offset[stage], limits, Domain.relaxed(matrix), None)
        return min(value, max(bound, relaxed.bound))

    def _finalise(
        self,
        finaliser: Finaliser,
        stages: tuple[StageName, ...],
        solver: Solver,
        outcome: Outcome,
        before: JudgedPoint | None,
        clock: Clock,
    ) -> tuple[JudgedPoint, bool]:
        """The first of the stages' plan, or the one before it where that is no worse: a later stage never ends without one.

        And whether its bound can be believed: not where the model says more of a plan than the judge does.

        Its point may live off the solver's tolerances alone, as earlier stages are kept but for a hair. A main stage is solved
        again then, with less of the hair; where no plan comes of that either, the one before stands.
        """
        stage, believed = stages[0], True
        try:
            good = enough(stage, outcome.bound, self.options.gap)
            judged = finaliser.finalise(solver, stage, outcome.x, good) if outcome.has_plan else None
        except DisagreementError as error:
            if before is None:
                raise
            believed = not isinstance(error, OverstatedError)
            judged = None if stage in TIE_BREAKING else self._firmly(finaliser, stages, solver.matrix, clock)
        if judged is None and before is None:
            return finaliser.finalise(solver, stage, outcome.x), believed  # raises: there is none
        if judged is None or (before and before.judgement.measures[stage] < judged.judgement.measures[stage]):
            assert before is not None
            return before, believed
        return judged, believed

    def _rationed(
        self, finaliser: Finaliser, stage: StageName, matrix: Matrix, judged: JudgedPoint, clock: Clock
    ) -> tuple[Matrix, JudgedPoint]:
        """The program with every part of a ration held, and a plan of it; as they were where that has none."""
        rationing = Rationing(
            stage,
            self.model.slack_of(stage),
            lambda program: self._solver(program, clock.until),
            lambda: clock.left,
            self.options.seed,
        )
        held, point = rationing.settle(matrix, judged.x)
        try:
            return held, finaliser.finalise(self._solver(held, clock.until), stage, point)
        except DisagreementError:
            return matrix, judged

    def _firmly(
        self, finaliser: Finaliser, stages: tuple[StageName, ...], matrix: Matrix, clock: Clock
    ) -> JudgedPoint | None:
        """A main stage's plan with most of the hair of what is kept, or else with none: a hair may be more than a gram."""
        for part in (min(KEPT_SLACK_SHARES), 0.0):
            if not matrix.kept or clock.left == 0:
                break
            firm = Solver(
                matrix.with_hair(part),
                self.stop,
                until=clock.until,
                tolerance=FINE_TOLERANCE,
                backend=self.options.solver,
            )
            again = self._stage(stages, firm, clock, None)
            with suppress(DisagreementError):
                if again.has_plan:
                    return finaliser.finalise(firm, stages[0], again.x)
        return None

    def _give_way(self, formulation: Formulation, matrix: Matrix, clock: Clock) -> RelaxedPolicies:
        """Policy rows that give way; raises InfeasibleError where physics and contract alone clash."""
        part = clock.part(self.options.shares.feasibility_relaxation)
        row_of = partial(PolicyRow.of, self.problem, formulation)
        relaxed = FeasibilityRelaxation(self.model, row_of, self.options, part, self.stop).relax(matrix)
        if relaxed is None:
            late = Clock(max(clock.left, clock.until - time.perf_counter()), clock.shares)
            raise explain_clash(self.problem, self.model, self.options, self.stop, best_plan, late)
        return relaxed

    def _refuse_what_is_there(self, stages: tuple[StageName, ...]) -> None:
        """Raises DisagreementError where buying nothing keeps every rule, whatever the solver says."""
        if self.warm_start and self.warm_start.fixed_minerals:
            return
        nothing = unsolved(self.problem, self.model, stages, lambda: True, hurry=True)
        if nothing is not None and not nothing.judgement.breaches:
            raise DisagreementError("the solver finds no plan, and there is one")

    def _assemble(
        self,
        judged: JudgedPoint | Unsolved,
        results: list[StageResult],
        relaxed: RelaxedPolicies,
        *,
        repeatable: bool,
    ) -> Plan:
        main = [r for r in results if r.stage not in TIE_BREAKING]
        proven = not relaxed.cut_short and all(within(r.gap, self.options.gap) for r in main)
        return Plan.assemble(
            self.problem,
            self.model,
            judged.judgement,
            status="optimal" if proven else "feasible",
            stages=results,
            given_up=given_up_rows(judged.judgement, relaxed.excused, relaxed.why),
            repeatable=repeatable,
            unaided=judged.by if isinstance(judged, Unsolved) else None,
        )


def best_plan(problem: Problem, model: Model, options: Options, stop: Stop) -> Plan:
    """The plan of a run that takes none from elsewhere; raises NoPlanError or SolveError where it has none."""
    return Run(problem, model, options, stop=stop, insist=True).solve().plan
