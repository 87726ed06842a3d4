"""Solves of one limit, wider and wider (or narrower), each begun from the plan of the step before.

More of a limit leaves every plan a plan that is worth the same: so the first stage's bound holds for every narrower step,
and its value for every wider one. Only a plan in which policy gave way says nothing of the steps beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from orebook.explanations.engine.askable_limits import Limit
from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.explanations.engine.gains import won
from orebook.explanations.engine.intervals import Proven
from orebook.explanations.engine.relaxation_screen import at_best, first_stage
from orebook.explanations.engine.stage_differences import closed, differences
from orebook.schema.facts import Figures, Method
from orebook.schema.stages import MONEY_STAGES

MORE_TIME = 3
"""Times the usual seconds, where those did not do for a first plan."""


@dataclass
class Ladder:
    """The steps of one limit that are solved; per cent -> answer, None where no plan was found."""

    counterfactuals: Counterfactuals
    limit: Limit
    _answers: dict[int, Answer | None] = field(default_factory=dict)

    @property
    def monotone(self) -> bool:
        """Whether more of the limit can only help."""
        return not self.counterfactuals.plan.document.given_up

    def climb(self, percents: Iterable[int]) -> None:
        """Solve the steps that are not solved yet, those nearest to the plan first."""
        for percent in sorted(percents, key=abs):
            if percent not in self._answers:
                self._answers[percent] = self._solved(percent)

    def _solved(self, percent: int) -> Answer | None:
        """A narrower limit takes tickets away, so that the first plan alone may take the time: then again, with more."""
        counterfactuals, changes, money_stages = (
            self._nearest(percent),
            self.limit.changes(percent),
            _to_the_end(self.counterfactuals),
        )
        answer = counterfactuals.solve(changes, money_stages=money_stages)
        if answer is None and percent < 0:
            more = Counterfactuals(counterfactuals.plan, MORE_TIME * counterfactuals.seconds, counterfactuals.stop)
            answer = more.solve(changes, money_stages=money_stages)
        return answer

    def _nearest(self, percent: int) -> Counterfactuals:
        """Counterfactuals of the plan of the step before; they have the changes of no step."""
        before = [p for p, a in self._answers.items() if a and 0 < p / percent < 1]
        answer = self._answers[max(before, key=abs)] if before else None
        if answer is None:
            return self.counterfactuals
        plan = replace(self.counterfactuals.plan, document=answer.plan.document)
        return Counterfactuals(plan, self.counterfactuals.seconds, self.counterfactuals.stop)

    def figures(self, percent: int) -> tuple[Figures, Method]:
        """Differences of the measures at a step, tightened by all other steps, and what the plan found there wins."""
        answer, changes = self._answers[percent], self.limit.changes(percent)
        if answer is None:
            loose = self.monotone and percent > 0
            return (at_best(self.counterfactuals, changes), "bound") if loose else ({}, "solve")
        stage = first_stage(self.counterfactuals)
        answer = replace(answer, reached={**answer.reached, stage: self._tightened(percent, answer.reached[stage])})
        better, worse = self.monotone and percent > 0, self.monotone and percent < 0
        measures = differences(self.counterfactuals, answer, changes, held=False, better=better, worse=worse)
        return {**measures, **won(self.counterfactuals, answer)}, "solve"

    def _tightened(self, percent: int, reached: Proven) -> Proven:
        if not self.monotone:
            return reached
        stage = first_stage(self.counterfactuals)
        steps = {0: self.counterfactuals.base[stage], **{p: a.reached[stage] for p, a in self._answers.items() if a}}
        high = min(proven.high for p, proven in steps.items() if p <= percent)
        low = max(proven.low for p, proven in steps.items() if p >= percent)
        return Proven(min(low, high), high)


def _to_the_end(counterfactuals: Counterfactuals) -> bool:
    """False where what comes after the first open stage is money alone: it could not be told anyway, so its time is free."""
    stages = list(counterfactuals.base)
    open_at = next((k for k, stage in enumerate(stages) if not closed(counterfactuals.base[stage])), len(stages))
    return not (
        open_at < len(stages) - 1
        and all(stage in MONEY_STAGES for stage in stages[open_at + 1 :])
        and stages[open_at] not in MONEY_STAGES
    )
