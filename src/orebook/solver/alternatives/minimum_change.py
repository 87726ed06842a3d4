"""The plan nearest to wanted tickets among those whose measures are as good as a known plan's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from orebook.problem import Problem
from orebook.schema.model import Model, Stage
from orebook.solver.alternatives.held_stages import HeldStages
from orebook.solver.finalise.finalise import JudgedPoint
from orebook.solver.lp.limits import Limits

MINIMUM_CHANGE_LIMITS = Limits(gap=0.0, absolute_gap=0.5, seconds=4.0, nodes=200)


@dataclass(frozen=True)
class Closest:
    """The nearest plan found; `proven`: that none is nearer, and not where a limit came first."""

    judged: JudgedPoint
    proven: bool


def minimum_change(held: HeldStages, wanted: Mapping[tuple[str, int], float]) -> Closest | None:
    """The fewest orders that differ from `wanted`, (offer, week) -> tonnes; None where the known plan is no start
    or no ticket is wanted.

    Frozen weeks stay as they are. Where a limit comes first it is the nearest plan found, the known one at the worst.
    """
    near = replace(held, problem=_wanting(held.problem, wanted), model=_counting(held.model))
    start = near.start() if near.problem.prior else None
    if start is None:
        return None
    cost, offset = near.matrix.cost["changes"], near.matrix.offset["changes"]
    outcome = near.solver.solve(cost, offset, MINIMUM_CHANGE_LIMITS, start, quiet=True)
    judged = next(near.judged([outcome.x if outcome.has_plan else start]), None)
    return None if judged is None else Closest(judged, outcome.ending == "proven")


def _wanting(problem: Problem, wanted: Mapping[tuple[str, int], float]) -> Problem:
    """The problem with the wanted tickets as its prior plan, but for the weeks in which the prior one stands."""
    frozen = {key: tonnes for key, tonnes in problem.prior.items() if problem.frozen(key[1])}
    rest = {key: tonnes for key, tonnes in wanted.items() if not problem.frozen(key[1])}
    prior = MappingProxyType(dict(sorted({**frozen, **rest}.items())))
    return replace(problem, prior=prior, frozen_weeks=problem.frozen_weeks if problem.prior else 0)


def _counting(model: Model) -> Model:
    """The model with a stage that counts changes at its end."""
    return model.model_copy(update={"stages": (*model.stages, Stage(stage="changes"))})
