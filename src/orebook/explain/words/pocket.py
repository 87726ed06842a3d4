"""What solving a mineral alone gave, in words: how much worse it is, with the other minerals as they are."""

from __future__ import annotations

from orebook.explain.names import STAGE_OF
from orebook.explain.words.kept import kept_says
from orebook.explain.words.measures import difference
from orebook.schema.facts import Fact

ALONE = "other minerals as they are"


def pocket_says(fact: Fact, nothing: str) -> str:
    """By how much it is worse, stage by stage; `nothing` where it is not."""
    said = [difference(name, fact.figures[f"extra_{name}"]) for name in STAGE_OF if f"extra_{name}" in fact.figures]
    parts = [text for text in said if text]
    return f"{', '.join(parts) or nothing}, {ALONE}" if fact.held else ", ".join(parts) or nothing


def none_says(fact: Fact) -> str:
    """That there is no plan, and why as far as it is known; empty where there is one."""
    why = f": {kept_says(fact.about.row)}" if fact.about.row else ""
    if "plans" in fact.figures:
        return f"there is no plan{why}"
    if "plans_held" not in fact.figures:
        return ""
    return f"there is no plan with {ALONE}" + (f" unless policy gives way{why}" if why else "")
