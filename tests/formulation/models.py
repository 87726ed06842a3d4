"""Models for tests of the formulation: the rules that a test is about, all of them contract."""

from __future__ import annotations

from orebook.formulation.slots import OrderSlot, slots_of
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.stages import StageName


def model(*rules: RuleName, stages: tuple[StageName, ...] = ("tickets",), policy: tuple[RuleName, ...] = ()) -> Model:
    """A model with these rules on; those of `policy` as policy."""
    levels = {name: {"level": "contract"} for name in rules} | {
        name: {"level": "policy", "priority": 1} for name in policy
    }
    return Model.model_validate({"name": "part", "rules": levels, "stages": [{"stage": stage} for stage in stages]})


def slots(problem: Problem, *rules: RuleName, policy: tuple[RuleName, ...] = ()) -> dict[tuple[str, int], OrderSlot]:
    """The slots of a problem under these rules, by offer and week."""
    chosen = model(*rules, policy=policy)
    return {s.key: s for s in slots_of(problem, chosen, chosen)[0]}


def left_out(problem: Problem, *rules: RuleName) -> dict[str, int]:
    """How many orders were left out for which reason."""
    chosen = model(*rules)
    return dict(slots_of(problem, chosen, chosen)[1])
