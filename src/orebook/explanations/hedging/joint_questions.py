"""What every question about a hedged plan is answered from: the plan, and solves of its futures under conditions.

A solve asks something of the orders of the weeks that are now, of all futures together or of one alone, with the probabilities
as they are or others. Tie-breaking stages are left out. What it proves are intervals, and its plans are judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from time import monotonic
from typing import Literal

from orebook.decisions import Decisions, Order
from orebook.errors import NoPlanError, RefutedError, StoppedError
from orebook.exact import ZERO, Fraction
from orebook.explanations.engine.intervals import Proven
from orebook.explanations.engine.stage_differences import closed, differences_of
from orebook.hedged import HedgedPlan
from orebook.risk_measure import RiskMeasure
from orebook.schema.facts import Interval
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.clock import Clock
from orebook.solver.hedge.conditional_solve import Condition, Place, now_slots, solve_under
from orebook.solver.hedge.following import following
from orebook.solver.hedge.futures import KnownFuture, known_futures
from orebook.solver.hedge.joint_program import JointProgram, joint_program, of_futures
from orebook.solver.hedge.joint_stages import Reached
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options

SOLVE_LIMIT_S = 20.0
"""Time of one solve of all futures."""
MOST_SOLVES = 30
"""A question takes as much time as so many solves that use all of theirs; what was not solved until then is not settled."""
SOLVE_GAP_REL = 1e-5
TOLERANCE = 1e-6
"""Part of a value, and at least that much, that a constrained solve may be better by before it is refuted."""

NoAnswer = Literal["no plan", "cut"]
"""No plan keeps the condition; a limit came before anything was known."""
Probabilities = tuple[Fraction, ...]


@dataclass(frozen=True)
class JointAnswer:
    """What a solve gave: what is proven of each stage over its futures, and each future's measures and orders of now."""

    reached: Mapping[StageName, Proven]
    measures: Mapping[StageName, tuple[Fraction, ...]]
    orders: tuple[Order, ...]
    """Those of the weeks that are now, the same in all of its futures."""

    def tonnes(self, place: Place) -> Fraction:
        """What is ordered of an offer in a week that is now."""
        return sum((o.tonnes for o in self.orders if (o.offer, o.week) == place), ZERO)


Answered = JointAnswer | NoAnswer


@dataclass
class JointQuestions:
    """A hedged plan. Solves are kept, so that no question is solved twice.

    `seconds`: the time of one solve.
    """

    hedged: HedgedPlan
    seconds: float = SOLVE_LIMIT_S
    stop: Stop = field(default_factory=Stop)
    _until: float = inf
    _answers: dict[tuple[object, ...], Answered] = field(default_factory=dict)
    _points: dict[tuple[tuple[str, ...], int], Floats] = field(default_factory=dict)

    @cached_property
    def model(self) -> Model:
        """The plan's model without its tie-breaking stages."""
        stages = tuple(s for s in self.hedged.model.stages if s.stage not in TIE_BREAKING)
        return self.hedged.model.model_copy(update={"stages": stages})

    @property
    def risk(self) -> RiskMeasure:
        """What the plan minimises over futures."""
        stamp = self.hedged.document.risk
        return RiskMeasure(stamp.tail, stamp.tail_weight)

    @cached_property
    def futures(self) -> tuple[KnownFuture, ...]:
        """The futures with their worlds, in the order of hedge.json."""
        return known_futures(self.hedged.problem)

    @property
    def probabilities(self) -> Probabilities:
        """Of each future, as the instance has them."""
        return tuple(f.probability for f in self.futures)

    @cached_property
    def proven(self) -> Mapping[StageName, Proven]:
        """What the run proved of each main stage of the plan."""
        main = [s for s in self.hedged.document.stages if s.stage not in TIE_BREAKING]
        return {s.stage: Proven(min(s.bound, s.value), s.value) for s in main}

    @cached_property
    def base(self) -> Mapping[StageName, Proven]:
        """What is known of the best value of each stage: from the run, or closer from a solve without a condition."""
        if all(closed(reached) for reached in self.proven.values()):
            return self.proven
        answer = self.solve(Condition())
        if isinstance(answer, str) or any(_width(answer.reached[s]) > _width(p) for s, p in self.proven.items()):
            return self.proven
        return answer.reached

    @cached_property
    def plan(self) -> JointAnswer:
        """The plan itself, as an answer to a question without a condition."""
        judged = [self.hedged.plans[f.future.name].judgement.measures for f in self.futures]
        measures = {stage: tuple(m.get(stage, ZERO) for m in judged) for stage in self.base}
        return JointAnswer(self.base, measures, tuple(self.orders.values()))

    @cached_property
    def orders(self) -> Mapping[Place, Order]:
        """The plan's orders of the weeks that are now."""
        decided = Decisions.of(self.hedged.main.document).orders
        return {(o.offer, o.week): o for o in decided if o.week <= self.hedged.document.now_weeks}

    @cached_property
    def open(self) -> frozenset[Place]:
        """Each offer and week that is now in which anything can be ordered."""
        return frozenset(now_slots(self._whole))

    @cached_property
    def _gave_way(self) -> bool:
        """Whether policy rows gave way: another probability or order would have others give way, so that nothing is told."""
        return any(plan.document.given_up for plan in self.hedged.plans.values())

    def begin(self) -> None:
        """The time of another question begins."""
        self._until = monotonic() + MOST_SOLVES * self.seconds

    def solve(
        self,
        condition: Condition,
        *,
        alone: str | None = None,
        probabilities: Probabilities | None = None,
        risk: RiskMeasure | None = None,
        gap: float = SOLVE_GAP_REL,
    ) -> Answered:
        """The best plans under a condition: of all futures, or of one `alone`, as the instance has it or else as is said."""
        key = (_key(condition), alone, probabilities, risk, gap)
        if key not in self._answers:
            if self._gave_way or self.stop.asked or monotonic() >= self._until:
                return "cut"
            self._answers[key] = self._solve(condition, alone, probabilities, risk or self.risk, gap)
        return self._answers[key]

    def differences(self, answer: JointAnswer, base: JointAnswer | None = None, *, worse: bool) -> dict[str, Interval]:
        """Figure of a stage -> interval of what an answer comes to, less what another does; less the plan where there is none.

        `worse`: every plan of the answer is one of the base.
        """
        against = base.reached if base else self.base
        stages = [(stage, against[stage], reached) for stage, reached in answer.reached.items() if stage in against]
        return differences_of(stages, worse=worse)

    def _solve(
        self,
        condition: Condition,
        alone: str | None,
        probabilities: Probabilities | None,
        risk: RiskMeasure,
        gap: float,
    ) -> Answered:
        joint = self._joint(alone, probabilities, risk)
        options = Options.of(self.model, gap=gap, time_limit_s=self.seconds, audit=False)
        place = (tuple(f.future.name for f in joint.futures), len(joint.matrix.lower))
        try:
            reached = solve_under(joint, self.model, options, risk, condition, self._points.get(place), self.stop)
        except StoppedError:
            return "cut"
        except NoPlanError:
            return "no plan"
        self._points[place] = reached.judged.x
        answer = self._answer(joint, reached)
        if alone is None and probabilities is None and risk == self.risk:
            self._refute(answer)
        return answer

    def _joint(self, alone: str | None, probabilities: Probabilities | None, risk: RiskMeasure) -> JointProgram:
        whole = self._whole
        if alone is not None:
            mine = next(f for f in whole.futures if f.future.name == alone)
            return of_futures(whole, (_weighing(mine, Fraction(1)),), self.model, risk)
        if probabilities is None and risk == self.risk:
            return whole
        weights = probabilities or self.probabilities
        futures = tuple(_weighing(f, p) for f, p in zip(whole.futures, weights, strict=True))
        return of_futures(whole, futures, self.model, risk)

    @cached_property
    def _whole(self) -> JointProgram:
        """The joint program, and a point of it in which the plan's orders of now stand."""
        joint = joint_program(self.futures, self.model, self.risk)
        last = max(self.futures, key=lambda f: f.known_week).future.name
        options = Options.of(self.model, gap=SOLVE_GAP_REL, time_limit_s=self.seconds, audit=False)
        lead = self.hedged.plans[last]
        point = following(joint, self.model, lead, options, Clock(self.seconds, options.shares), self.stop)
        if point is not None:
            self._points[tuple(f.future.name for f in joint.futures), len(joint.matrix.lower)] = point
        return joint

    def _answer(self, joint: JointProgram, reached: Reached) -> JointAnswer:
        found = {s.stage: Proven(min(s.bound, s.value), s.value) for s in reached.stages}
        measures = {stage: tuple(reached.judged.measures(stage)) for stage in found}
        orders = reached.judged.decisions[0].orders
        now = self.hedged.document.now_weeks
        return JointAnswer(found, measures, tuple(o for o in orders if o.week <= now))

    def _refute(self, answer: JointAnswer) -> None:
        """No condition makes the first stage better than was proven. Raises RefutedError."""
        stage, base = next(iter(self.proven.items()))
        value = answer.reached[stage].high
        if value < base.low - TOLERANCE * max(1.0, abs(base.low)):
            raise RefutedError(f"a {stage} of {value:g} is under the proven bound of all plans, {base.low:g}")


def _width(reached: Proven) -> float:
    return reached.high - reached.low


def _weighing(known: KnownFuture, probability: Fraction) -> KnownFuture:
    return KnownFuture(known.future, known.world, probability)


def _key(condition: Condition) -> tuple[object, ...]:
    held = None if condition.held is None else tuple(sorted(condition.held.items()))
    return (condition.barred, condition.least, held, condition.free, condition.one_more)
