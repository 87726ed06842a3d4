"""What one judged plan has that another has not, in days and money: plain differences, whatever the gaps."""

from __future__ import annotations

from collections import defaultdict

from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.schema.facts import Figures
from orebook.schema.plan import PlanDocument

WON_DAYS = "won_days."
"""Before a mineral: days short of its targets that the other plan does not have, all its targets together."""

LEAST_DAYS = 0.05
"""Days below which one decimal reads as none."""


def won(counterfactuals: Counterfactuals, answer: Answer) -> Figures:
    """`won_days.MINERAL` of every mineral that has more or less, the most first, and `extra_cost_usd` at its optimum."""
    before, after = _short(counterfactuals.plan.document), _short(answer.plan.document)
    days = {mineral: short - after[mineral] for mineral, short in before.items()}
    telling = sorted((m for m, d in days.items() if abs(d) >= LEAST_DAYS), key=lambda m: (-days[m], m))
    figures: Figures = {WON_DAYS + mineral: days[mineral] for mineral in telling}
    if "cost" in answer.reached:
        figures["extra_cost_usd"] = answer.reached["cost"].high - counterfactuals.base["cost"].high
    return figures


def _short(plan: PlanDocument) -> dict[str, float]:
    short: dict[str, float] = defaultdict(float)
    for c in plan.cover:
        short[c.mineral] += c.short_days
    return short
