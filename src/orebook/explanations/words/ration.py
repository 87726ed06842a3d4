"""Words of who goes without, and why."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import listed, measured, number
from orebook.schema.facts import Fact

_KEEPS = {
    "entitlement": "its entitlement is used up",
    "must": "the rest has to stay as cover that must be there",
    "storage": "there is no room for what would come back",
    "stock": "there is no more in store",
}


def says(fact: Fact) -> str:
    """What a withdrawal is served of what it asks for, what keeps the rest, and what a tonne more is worth."""
    about = fact.about
    who = f"{about.member} ({about.withdrawal})" if about.member else str(about.withdrawal)
    asked, missing = number(fact, "asked_t"), number(fact, "unserved_t")
    if missing <= 0:
        return f"{who} is served in full: {f.tonnes(asked)} t of {about.mineral} in week {about.week}."
    days = f", {f.days(number(fact, 'unserved_days'))} days of use" if "unserved_days" in fact.figures else ""
    text = f"{who} gets {f.tonnes(number(fact, 'served_t'))} of {f.tonnes(asked)} t of {about.mineral} in week {about.week}"
    text += f" and goes without {f.tonnes(missing)} t{days}"
    text += f": {_KEEPS[about.against]}." if about.against in _KEEPS else "."
    if "more_t" in fact.figures:
        worth = listed(measured(fact), "changes nothing that can be proven")
        text += f" A tonne more of entitlement: {worth}."
    return text
