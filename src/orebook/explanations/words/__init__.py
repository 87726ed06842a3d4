"""The words of facts: the only place where a fact becomes a sentence, made from the fact alone."""

from __future__ import annotations

from collections.abc import Callable

from orebook.explanations.words import (
    baseline,
    confidence,
    difference,
    exposed,
    margin,
    offer,
    ration,
    rotation,
    rule,
    shortage,
    stance,
    ticket,
    whole,
    worth,
)
from orebook.schema.facts import Fact, Kind

SAYS: dict[Kind, Callable[[Fact], str]] = {
    "shortage": shortage.shortage_says,
    "mend": shortage.mend_says,
    "clash": shortage.clash_says,
    "baseline": baseline.says,
    "confidence": confidence.says,
    "difference": difference.says,
    "exposed": exposed.says,
    "ration": ration.says,
    "rotation": rotation.says,
    "whole": whole.says,
    "rule": rule.says,
    "margin": margin.says,
    "ticket": ticket.says,
    "offer": offer.says,
    "stance": stance.says,
    "turn": stance.turn_says,
    "worth": worth.says,
    "tail": worth.tail_says,
    "extension": lambda fact: fact.says,
}
"""kind -> what says a fact of it."""


def worded(fact: Fact) -> Fact:
    """The same fact with its sentence."""
    return fact.model_copy(update={"says": SAYS[fact.kind](fact)})
