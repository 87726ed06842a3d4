"""Words of what a bar that nobody foresees would strand."""

from __future__ import annotations

from orebook.explanations.words.stage_measures import number
from orebook.schema.facts import Fact
from orebook.under_way import NO_ORIGIN, Bar

_DAYS = "stranded_days."


def says(fact: Fact) -> str:
    """How many tickets, tonnes and USD, and the mineral that loses most days."""
    days = {name.removeprefix(_DAYS): number(fact, name) for name in fact.figures if name.startswith(_DAYS)}
    return Bar(
        fact.about.origin or NO_ORIGIN,
        int(number(fact, "of_tickets")),
        fact.about.week,
        int(number(fact, "tickets")),
        int(number(fact, "minerals")),
        number(fact, "stranded_t"),
        number(fact, "stranded_usd"),
        number(fact, "paid_usd"),
        max(days.items(), key=lambda item: item[1], default=None),
    ).says
