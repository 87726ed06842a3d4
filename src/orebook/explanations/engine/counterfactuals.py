"""What every question about a plan is answered from: the plan, and solves of its instance with changes.

A solve begins from the plan's tickets, leaves the tie-breaking stages out, and may hold the tickets of some minerals. What it
proves are intervals: no plan is better than its bound, and its own plan is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from orebook.changes import changed
from orebook.decisions import Decisions
from orebook.errors import NoPlanError, RefutedError, StoppedError
from orebook.explanations.engine.intervals import Proven
from orebook.formulation.build import build
from orebook.judge import Judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import MONEY_STAGES, TIE_BREAKING, StageName
from orebook.solver.alternatives.quick_estimate import estimate_shortages
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run

SOLVE_LIMIT_S = 8.0
"""Time of one solve of all minerals; one in which all but a few are held ends long before."""

SOLVE_GAP_REL = 1e-4
HELD_SOLVE_GAP_REL = 2e-5
ESTIMATE_GAP_REL, ESTIMATE_NODES = 4e-5, 50


@dataclass(frozen=True)
class Answer:
    """What a solve gave: the plan, judged on the changed problem, and what is proven of each main stage's best value.

    Where minerals were held, `reached` speaks of the plans that hold them; `Counterfactuals.bound` speaks of all.
    """

    plan: Plan
    reached: Mapping[StageName, Proven]


@dataclass
class Counterfactuals:
    """A solved plan. Solves are kept, so that no question is solved twice."""

    plan: Plan
    seconds: float = SOLVE_LIMIT_S
    stop: Stop = field(default_factory=Stop)
    _answers: dict[tuple[tuple[str, ...], frozenset[str], bool, float], Answer | None] = field(default_factory=dict)
    _estimates: dict[tuple[tuple[str, ...], frozenset[str]], Mapping[tuple[str, int], float]] = field(
        default_factory=dict
    )
    _bounds: dict[tuple[tuple[str, ...], StageName], float] = field(default_factory=dict)
    _cut: set[tuple[tuple[str, ...], frozenset[str]]] = field(default_factory=set)

    @property
    def problem(self) -> Problem:
        """The problem of the plan, its changes applied."""
        return self.plan.problem

    @cached_property
    def model(self) -> Model:
        """The plan's model without its tie-breaking stages."""
        stages = tuple(s for s in self.plan.model.stages if s.stage not in TIE_BREAKING)
        return self.plan.model.model_copy(update={"stages": stages})

    @cached_property
    def decisions(self) -> Decisions:
        """What the plan decides."""
        return Decisions.of(self.plan.document)

    @cached_property
    def base(self) -> Mapping[StageName, Proven]:
        """What is proven of each main stage of the plan itself; of a plan of other origin, by the relaxation alone."""
        measures = self.plan.judgement.measures
        said = {r.stage: r for r in self.plan.document.stages}
        base = {}
        for stage in (s.stage for s in self.model.stages if s.stage in measures):
            value = float(measures[stage])
            best = min(said[stage].value, value) if stage in said else value
            bound = said[stage].bound if stage in said else self.bound((), stage)
            base[stage] = Proven(min(bound, best), best)
        return base

    def others(self, *minerals: str) -> frozenset[str]:
        """All minerals but these: what to hold when a question is about these alone."""
        return frozenset(self.problem.minerals) - set(minerals)

    def solve(
        self,
        changes: Sequence[str] = (),
        held: Iterable[str] = (),
        *,
        money_stages: bool = True,
        gap: float | None = None,
    ) -> Answer | None:
        """The best plan under these changes that a solve finds from this plan; None where it finds none.

        `money_stages=False` leaves out the stages of money after those of cover, where there are such. `gap` is what a
        question asks for whose figures are smaller than the usual gap can tell.
        """
        asked = gap or (HELD_SOLVE_GAP_REL if held else SOLVE_GAP_REL)
        key = (tuple(changes), frozenset(held), money_stages, asked)
        if self.stop.asked:
            return self._answers.get(key)  # nothing is begun any more, not even a model built
        if key not in self._answers:
            self._answers[key] = self._solve(*key)
        return self._answers[key]

    def estimate_shortages(self, changes: Sequence[str], held: frozenset[str]) -> Mapping[tuple[str, int], float]:
        """Tonnes short by target at best under these changes, not judged: to see whether a solve is worth its time."""
        key = (tuple(changes), held)
        if key not in self._estimates:
            problem, model = self._changed(key[0], money_stages=False)
            limits = Limits(ESTIMATE_GAP_REL, 0.0, self.seconds, nodes=ESTIMATE_NODES)
            try:
                self._estimates[key] = estimate_shortages(
                    problem, model, WarmStart(self.decisions, held), limits, self.stop
                )
            except StoppedError:
                self._cut.add(key)
                self._estimates[key] = {}
        return self._estimates[key]

    def cut(self, changes: Sequence[str], held: frozenset[str]) -> bool:
        """Whether a limit ended an estimate or a solve of these changes before it found a plan: nothing is known then."""
        return (tuple(changes), held) in self._cut

    def _changed(self, changes: tuple[str, ...], *, money_stages: bool) -> tuple[Problem, Model]:
        problem = changed(self.problem, changes)
        model = problem.governing(self.model)
        if not money_stages:
            stages = tuple(s for s in model.stages if s.stage not in MONEY_STAGES) or model.stages
            model = model.model_copy(update={"stages": stages})
        return problem, model

    def _solve(self, changes: tuple[str, ...], held: frozenset[str], money_stages: bool, gap: float) -> Answer | None:
        problem, model = self._changed(changes, money_stages=money_stages)
        options = Options.of(model, gap=gap, time_limit_s=self.seconds, audit=False)
        run = Run(problem, model, options, stop=self.stop, warm_start=WarmStart(self.decisions, held))
        run.insist = not self.plan.document.given_up  # where policy gave way once, it may again
        run.unaided = False
        try:
            plan = run.solve().plan
        except StoppedError:
            self._cut.add((changes, held))
            return None
        except NoPlanError:
            return None
        reached = {_stage_of(r.stage): Proven(min(r.bound, r.value), r.value) for r in plan.document.stages}
        answer = Answer(plan, reached)
        self._refute(answer, changes, held)
        return answer

    def _refute(self, answer: Answer, changes: tuple[str, ...], held: frozenset[str]) -> None:
        """Hold an answer against the judge and against the plan that is known. Raises RefutedError."""
        excused = {(g.rule, g.row) for g in answer.plan.document.given_up}
        broken = [b.says for b in answer.plan.judgement.breaches if (b.rule, b.row) not in excused]
        if broken:
            raise RefutedError(f"under {', '.join(changes) or 'no change'} {broken[0]}")
        if held:
            return  # the program begins from the known plan and ends at once where the judge and it differ
        first = next(iter(answer.reached))
        known = Judge(answer.plan.problem, answer.plan.model).judge(self.decisions)
        value, low = float(known.measures[first]), answer.reached[first].low
        if not known.breaches and low > value + 1e-6 * max(1.0, abs(value)):
            raise RefutedError(f"under {', '.join(changes)} a bound of {low:g} is over the plan's {first} of {value:g}")

    def bound(self, changes: Sequence[str], stage: StageName) -> float:
        """What no plan under these changes is better than in a stage, whatever it does in the others."""
        key = (tuple(changes), stage)
        if key not in self._bounds:
            problem = changed(self.problem, changes)
            matrix = matrix_of(build(problem, problem.governing(self.model)))
            relaxed = Domain(matrix.lower, matrix.upper, matrix.integer & False)
            limits = Limits(0.0, 0.0, 10 * self.seconds)
            solver = Solver(matrix, self.stop)
            outcome = solver.solve(matrix.cost[stage], matrix.offset[stage], limits, part=relaxed, quiet=True)
            self._bounds[key] = outcome.bound if stage in MONEY_STAGES else max(0.0, outcome.bound)
        return self._bounds[key]


def _stage_of(name: str) -> StageName:
    return name
