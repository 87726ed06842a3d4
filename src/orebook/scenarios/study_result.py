"""What a study came to: its outcomes, how it ended, and what sums them up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orebook.plan import Plan
from orebook.scenarios.breakeven import TurningPoint
from orebook.scenarios.outcome import Ending, Outcome, outcome_of
from orebook.scenarios.risk import Risk, risk_of
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.study_request import StudyRequest

BASE = "base"
"""What the base plan is called among the outcomes."""


@dataclass(frozen=True)
class StudyResult:
    """The outcomes of a study, in the order of its scenarios; after a stop those that were reached, of `requested`.

    `plan` is the one what-if's of a request for a single plan; `turn` a break-even's, None where it was stopped before.
    """

    request: StudyRequest
    base_plan: Plan
    outcomes: tuple[Outcome, ...]
    requested: int
    plan: Plan | None = None
    turn: TurningPoint | None = None

    @property
    def complete(self) -> bool:
        """Whether no scenario is left to solve; a break-even is where its turn was looked for to the end."""
        if self.request.break_even is not None:
            return self.turn is not None
        return len(self.outcomes) == self.requested

    @cached_property
    def base(self) -> Outcome:
        """The base plan as an outcome."""
        seconds = sum(s.seconds for s in self.base_plan.document.stages)
        return outcome_of(Scenario(name=BASE), self.base_plan, seconds)

    @cached_property
    def risk(self) -> Risk | None:
        """What the draws that were solved come to; None where none were asked for."""
        draws = self.request.draws
        return None if draws is None or self.plan is not None else risk_of(self.base, self.outcomes, draws.level)

    @property
    def ending(self) -> Ending:
        """The worst way in which a scenario ended: failed, not known, without a plan, not proven, or optimal."""
        found = {o.status for o in self.outcomes}
        worst: tuple[Ending, ...] = ("failed", "unknown", "infeasible", "refused", "feasible")
        return next((ending for ending in worst if ending in found), "optimal")

    def count(self, *endings: Ending) -> int:
        """How many scenarios ended in one of these ways."""
        return sum(o.status in endings for o in self.outcomes)

    @property
    def with_plan(self) -> int:
        """How many scenarios have a plan."""
        return sum(o.has_plan for o in self.outcomes)

    def document(self) -> dict[str, Any]:
        """All of it as JSON values, in the form `orebook/outcomes/1`."""
        found: dict[str, Any] = {
            "schema": "orebook/outcomes/1",
            "base": self.base.model_dump(mode="json"),
            "scenarios": [o.model_dump(mode="json") for o in self.outcomes],
        }
        if self.risk is not None:
            found["risk"] = self.risk.model_dump(mode="json")
        if self.turn is not None and self.request.break_even is not None:
            found["turn"] = {"when": self.request.break_even.when, **self.turn.as_json()}
        return found
