"""Words of what leaves for its age."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import listed, measured, number
from orebook.schema.facts import Fact

_WAYS = {"drawn_t": "drawn by members", "lent_t": "lent", "sold_t": "sold", "converted_t": "converted"}


def says(fact: Fact) -> str:
    """What would lapse, how it leaves, what lapses all the same, and what letting it lapse would be worth."""
    mineral, figures = fact.about.mineral, fact.figures
    ways = [f"{f.tonnes(number(fact, name))} t are {way}" for name, way in _WAYS.items() if name in figures]
    leaves = ", ".join(ways) or "none leaves"
    lapses = number(fact, "lapses_t")
    rest = f"{f.tonnes(lapses)} t lapse" if lapses else "nothing lapses"
    text = f"{f.tonnes(number(fact, 'would_lapse_t'))} t of {mineral} would lapse in the plan if none left: {leaves}, {rest}."
    if fact.method == "solve":
        text += (
            f" Were goods let lapse, of every mineral: {listed(measured(fact), 'nothing changes that can be proven')}."
        )
    return text
