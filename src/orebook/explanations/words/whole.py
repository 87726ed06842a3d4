"""Words of when a target is met again, and what keeps it."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import number
from orebook.schema.facts import Fact


def says(fact: Fact) -> str:
    """From which week on the target stays met, or that it does not within the plan; and what keeps it from being so sooner."""
    about, wanted = fact.about, number(fact, "target_days")
    if number(fact, "least_days") >= wanted:
        return f"{about.mineral} has its {f.days(wanted)} days in every week."
    if "whole_week" in fact.figures:
        text = f"{about.mineral} has its {f.days(wanted)} days again from week {number(fact, 'whole_week'):.0f} on"
    else:
        has = f"{f.days(number(fact, 'end_days'))} of {f.days(wanted)} days"
        text = f"{about.mineral} is not whole again within the plan, with {has} at its end"
    text += f"; at least {f.days(number(fact, 'least_days'))} in every week."
    if about.against is None:
        return text
    if "soonest_week" not in fact.figures:
        return f"{text} What keeps it: {about.against}, which bring enough in no week."
    return f"{text} What keeps it: {about.against}. Open offers could bring enough by week {number(fact, 'soonest_week'):.0f}."
