"""How far the best values of a changed problem lie from the plan's, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from math import isfinite

from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.explanations.engine.intervals import Proven
from orebook.schema.facts import Interval
from orebook.schema.stages import FIGURE_OF, MONEY_STAGES, StageName

EXACT = 1e-6
"""Part of a value, and at least that much, within which bound and plan are one."""


def differences(
    counterfactuals: Counterfactuals,
    answer: Answer,
    changes: tuple[str, ...],
    *,
    held: bool,
    better: bool,
    worse: bool = False,
    money: bool = True,
) -> dict[str, Interval]:
    """Figure of a stage -> interval of the best value under the changes less the plan's.

    Where minerals were `held` the bound is that of all plans. `better`: every plan of the base is one of the changed
    problem, and is worth the same there; `worse`: the other way round. Both tell of a stage where none before it differs.
    What a later stage can reach hangs on the earlier ones, so the list ends with the first stage whose best value is
    known as an interval only. Of held minerals where policy gave way nothing is known of all plans, so there are none.
    `money=False` ends it before the first stage of money.
    """
    if held and counterfactuals.plan.document.given_up:
        return {}
    stages = takewhile(lambda stage: money or stage not in MONEY_STAGES, counterfactuals.base)

    def reached() -> Iterator[tuple[StageName, Proven, Proven]]:
        for stage in stages:
            found = answer.reached[stage]
            if held:
                found = Proven(min(counterfactuals.bound(changes, stage), found.high), found.high)
            yield stage, counterfactuals.base[stage], found

    return differences_of(reached(), better=better, worse=worse)


def differences_of(
    stages: Iterable[tuple[StageName, Proven, Proven]], *, better: bool = False, worse: bool = False
) -> dict[str, Interval]:
    """Figure of a stage -> interval of the best value reached less the base's, of (stage, base, reached) in order."""
    figures: dict[str, Interval] = {}
    for stage, base, reached in stages:
        low, high = reached.minus(base, at_most=0.0 if better else None, at_least=0.0 if worse else None)
        if not (isfinite(low) and isfinite(high)):
            break  # a limit came before a bound
        figures[FIGURE_OF[stage]] = (low, high)
        if max(-low, high) > EXACT * max(1.0, abs(base.high)):
            better = worse = False
        if not (closed(base) and closed(reached)):
            break
    return figures


def closed(reached: Proven) -> bool:
    """Whether a best value is known to a hair, and not as an interval only."""
    return reached.high - reached.low <= EXACT * max(1.0, abs(reached.high))
