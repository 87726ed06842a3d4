"""`models/NAME.toml`: which rules hold and at what level, the stages, the weights and the solver's limits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticKnownError

from orebook.schema.base import Frozen, NonNegative, Positive
from orebook.schema.rules import CAN_GIVE_WAY, RULES, RuleName
from orebook.schema.stages import BY_PRIORITY, STAGES, StageName


def _one_of(known: Mapping[str, object]) -> Callable[[str], str]:
    """Refuses what is not among names that may still come in by packages; it reads as any other choice does."""

    def check(name: str) -> str:
        if name not in known:
            *others, last = (repr(one) for one in known if one not in BY_PRIORITY)
            raise PydanticKnownError("literal_error", {"expected": f"{', '.join(others)} or {last}"})
        return name

    return check


KnownRule = Annotated[str, AfterValidator(_one_of(RULES))]
KnownStage = Annotated[str, AfterValidator(_one_of(STAGES))]
Level = Literal["physics", "contract", "policy", "off"]


class RuleLevel(Frozen):
    """How firmly a rule holds. Policy rows give way before the others, the highest priority number first."""

    level: Level = Field(description="physics and contract never give way; policy may; off: the rule is left out")
    priority: Annotated[int, Field(ge=1, le=9)] | None = Field(
        default=None, description="of a policy rule; 1 is kept longest"
    )

    @model_validator(mode="after")
    def _priority_goes_with_policy(self) -> RuleLevel:
        if (self.level == "policy") != (self.priority is not None):
            raise ValueError("a policy rule has a priority, and no other rule has one")
        return self


class Stage(Frozen):
    """One objective. A later stage keeps it: measure <= value * (1 + slack) + 1e-6 * max(1, value)."""

    stage: KnownStage = Field(description="what is minimised; over members of priority 1 also `unmet/1`, and so on")
    priority: Annotated[int, Field(ge=1, le=9)] | None = Field(
        default=None,
        exclude=True,
        description="of `unmet` and `ration`: over withdrawals of members of this priority alone; written into the name",
    )
    slack: NonNegative = Field(default=0.0, description="part of the value that later stages may give back")

    @model_validator(mode="before")
    @classmethod
    def _named_by_priority(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("priority") is None:
            return given
        name, priority = f"{given.get('stage')}/{given['priority']}", given["priority"]
        if isinstance(priority, int) and name not in BY_PRIORITY and 1 <= priority <= 9:
            raise ValueError("a priority goes with the stages unmet and ration, and with no other")
        return {**given, "stage": name, "priority": None} if name in BY_PRIORITY else given


class Weights(Frozen):
    """Weights of the measures."""

    critical_weight: NonNegative = Field(default=4.0, description="of a critical day short, on top of the day short")
    unmet_weight: NonNegative = Field(default=10.0, description="of a day of a withdrawal not served, in `value`")


class SolverLimits(Frozen):
    """Limits of a whole run, all stages together, the audit apart."""

    mip_gap: NonNegative = Field(
        default=0.005, description="relative gap asked of every stage that is no tie-breaking one"
    )
    time_limit_s: Positive = Field(default=600.0, description="seconds for all stages")
    threads: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="solves at a time, each in a thread")
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = Field(default=0, description="the solver's random seed")


class Model(Frozen):
    """A declared model: which rules hold and how firmly, and what is minimised, stage after stage.

    `rules`: a rule's name -> its level (`physics`, `contract`, `policy`, `off`) and, of policy, its priority; a rule
      that is not listed is off.
    `stages`: in the order in which they are solved, each with the `slack` that later ones may give back; both tie-breaking
      stages may be listed: `changes` runs with a prior plan, `tickets` without.
    `weights`: of the measures.
    `solver`: limits of a run where the caller names none.
    `name`, `title`: for people.

    `orebook.read_model` reads one that ships or a .toml file; a model can be written in Python too. A pydantic
    ValidationError says what does not fit.

        >>> from orebook import Model
        >>> rules = {"offers": {"level": "physics"}, "budget": {"level": "contract"}}
        >>> model = Model.model_validate({"name": "mine", "rules": rules, "stages": [{"stage": "cover"}, {"stage": "cost"}]})
        >>> model
        Model mine: 2 rules; cover, cost
        >>> model.on("budget"), model.on("shares")
        (True, False)
    """

    name: str = Field(min_length=1)
    title: str | None = None
    rules: dict[KnownRule, RuleLevel] = Field(description="a rule that is not listed is off")
    stages: tuple[Stage, ...] = Field(min_length=1)
    weights: Weights = Weights()
    solver: SolverLimits = SolverLimits()

    @model_validator(mode="after")
    def _consistent(self) -> Model:
        names = [s.stage for s in self.stages]
        if len(set(names)) < len(names):
            raise ValueError("a stage is listed twice")
        stiff = [r for r, l in self.rules.items() if l.level == "policy" and r not in CAN_GIVE_WAY]
        if stiff:
            raise ValueError(f"{', '.join(stiff)} cannot be policy: it is not made of rows that can be exceeded")
        return self

    def __repr__(self) -> str:
        stages = ", ".join(stage.stage for stage in self.stages)
        return f"Model {self.name}: {sum(map(self.on, self.rules))} rules; {stages}"

    def on(self, rule: RuleName) -> bool:
        """Whether the rule holds at any level."""
        return rule in self.rules and self.rules[rule].level != "off"

    def slack_of(self, stage: StageName) -> float:
        """The part of a stage's value that later ones may give back."""
        return next(s.slack for s in self.stages if s.stage == stage)

    def without(self, *rules: RuleName) -> Model:
        """The same model with these rules off."""
        levels = {**self.rules, **{r: RuleLevel(level="off") for r in rules}}
        return self.model_copy(update={"rules": levels})

    def digest(self) -> str:
        """A hash of what the model says, whatever the order of its lines."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
