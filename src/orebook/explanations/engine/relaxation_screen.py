"""What the relaxation alone says of a changed problem, and whether a solve could say more."""

from __future__ import annotations

from math import isfinite

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.intervals import Proven
from orebook.explanations.engine.stage_differences import closed
from orebook.schema.facts import Figures
from orebook.schema.stages import FIGURE_OF, StageName

WORTH_A_SOLVE = 0.1
"""Part of the plan's own gap: where a solve could prove no greater gain than this, it is not made."""


def first_stage(counterfactuals: Counterfactuals) -> StageName:
    """The stage that comes before all others."""
    return next(iter(counterfactuals.base))


def nothing_to_prove(counterfactuals: Counterfactuals, changes: tuple[str, ...], part: float = WORTH_A_SOLVE) -> bool:
    """Whether no plan of the changed problem is better, by that part of the gap, than the plan's own best may be already.

    Only where that is open: of a plan that is solved to its end a solve tells how far every stage moves.
    """
    stage = first_stage(counterfactuals)
    base = counterfactuals.base[stage]
    return not closed(base) and base.low - counterfactuals.bound(changes, stage) <= part * (base.high - base.low)


def at_best(counterfactuals: Counterfactuals, changes: tuple[str, ...]) -> Figures:
    """The most that a looser problem can win over the plan in the first stage; the plan itself is one of its plans.

    Nothing where a limit came before a bound.
    """
    stage = first_stage(counterfactuals)
    base = counterfactuals.base[stage]
    bound = min(counterfactuals.bound(changes, stage), base.high)
    if not isfinite(bound):
        return {}
    return {FIGURE_OF[stage]: Proven(bound, base.high).minus(base, at_most=0.0)}
