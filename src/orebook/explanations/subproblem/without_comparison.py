"""Two best plans of a mineral alone compared, and one of them held against the plan itself."""

from __future__ import annotations

from typing import Literal

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.intervals import Proven
from orebook.explanations.subproblem.mineral_subproblem import KEPT_STAGE_SLACK_REL, Found
from orebook.plan import Plan
from orebook.schema.facts import Figures
from orebook.schema.stages import FIGURE_OF, MONEY_STAGES, StageName

Verdict = Literal["better", "worse", "unclear"]


def extra(found: Found, than: Found) -> Figures:
    """By how much the best of one lies over the best of another, stage by stage, both with the same held."""
    return {f"extra_{FIGURE_OF[s]}": reached.minus(than.reached[s]) for s, reached in found.reached.items()}


def worse(counterfactuals: Counterfactuals, plan: Plan) -> Figures:
    """Figure of a stage -> how much worse than the plan's the best value of all plans is, where a change only hurts.

    A plan under the change gives the high end, and the low end is that nothing gets better. What a later stage reaches
    hangs on the earlier ones, so the list ends with the first stage that is not proven to be as it was. Empty where
    policy gave way, as it may then give way further.
    """
    figures: Figures = {}
    for stage, base in counterfactuals.base.items() if not counterfactuals.plan.document.given_up else ():
        high = max(0.0, float(plan.judgement.measures[stage]) - base.low)
        figures[FIGURE_OF[stage]] = (0.0, high)
        if high > _hair(stage, base.low):
            break
    return figures


def compared(found: Found | None, than: Found) -> Verdict:
    """Whether the best of one is proven better, or worse, than the best of another, stage by stage."""
    if found is None:
        return "worse"
    for stage, other in than.reached.items():
        low, high = found.reached[stage].minus(other)
        hair = _hair(stage, other.high)
        if high < -hair:
            return "better"
        if low > hair:
            return "worse"
        if low < -hair or high > hair:
            return "unclear"
    return "unclear"


def money_between(found: Found | None, than: Found) -> Proven | None:
    """USD by which the one is dearer, and what the bounds leave open on top; None where days decide."""
    for stage, other in than.reached.items() if found else ():
        reached = found.reached[stage] if found else other
        if stage in MONEY_STAGES:
            apart = reached.high - other.high
            return Proven(apart, apart + (reached.high - reached.low) + (other.high - other.low))
        if abs(reached.high - other.high) > _hair(stage, other.high):
            return None
    return None


def _hair(stage: StageName, value: float) -> float:
    return 0.0 if stage in MONEY_STAGES else KEPT_STAGE_SLACK_REL * max(1.0, abs(value))
