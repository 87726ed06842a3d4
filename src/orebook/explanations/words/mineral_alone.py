"""What solving a mineral alone gave, in words: how much worse it is, with the other minerals as they are."""

from __future__ import annotations

from orebook.explanations.words.blocking_rows import kept_says
from orebook.explanations.words.stage_measures import listed, measured
from orebook.schema.facts import Fact

ALONE = "other minerals as they are"


def mineral_alone_says(fact: Fact, nothing: str) -> str:
    """By how much it is worse, stage by stage; `nothing` where it is not."""
    said = listed(measured(fact, "extra_"), nothing)
    return f"{said}, {ALONE}" if fact.held else said


def none_says(fact: Fact) -> str:
    """That there is no plan, and why as far as it is known; empty where there is one."""
    why = f": {kept_says(fact.about.row)}" if fact.about.row else ""
    if "plans" in fact.figures:
        return f"there is no plan{why}"
    if "plans_held" not in fact.figures:
        return ""
    return f"there is no plan with {ALONE}" + (f" unless policy gives way{why}" if why else "")
