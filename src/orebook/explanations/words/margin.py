"""Words of margins: how much more of what, what it buys, and at what price a day."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.engine.intervals import tells
from orebook.explanations.words.rule import MAX_ROWS_TOLD, gains, won_says
from orebook.explanations.words.stage_measures import number
from orebook.schema.facts import Fact, Interval
from orebook.schema.stages import STAGE_OF

_LIMITS = {
    "budget": "of the budget",
    "budget_usd": "of budget_usd alone",
    "releases": "of every release alone",
    "funding": "from every source alone",
    "capacity_m3": "room",
    "inbound_t_per_week": "intake",
    "max_value_usd": "value in store",
    "weekly_capacity_t": "capacity a week",
    "capacity_t": "capacity",
    "max_spend_usd": "money",
}
_UNITS = {"usd": "USD", "m3": "m3", "t": "t", "t_per_week": "t a week"}
_DAYS = ("unmet_days", "cover_days")


def says(fact: Fact) -> str:
    """How much more, what it buys."""
    if fact.about.against == "curve":
        return f"With a budget of {f.usd(number(fact, 'budget_usd'))} {_buys(fact)}."
    limit = _LIMITS[fact.about.against or ""]
    place = f" at {fact.about.site}" if fact.about.site else f" of {fact.about.house}" if fact.about.house else ""
    return f"{f.plain(number(fact, 'added_pct'), 2)} % more {limit}{place} ({_added(fact)}): {_buys(fact)}."


def _added(fact: Fact) -> str:
    name = next(n for n in fact.figures if n.startswith("added_") and n != "added_pct")
    return f.quantity(number(fact, name), _UNITS[name.removeprefix("added_")])


def _buys(fact: Fact) -> str:
    if not any(name in fact.figures for name in STAGE_OF):
        return "no plan was found that keeps every rule"
    return gains(fact, "the plan stays as good as it is") + _price(fact) + won_says(fact, MAX_ROWS_TOLD)


def _price(fact: Fact) -> str:
    """USD a weighted day, where the days are told apart from none: by what the plan costs more, else by what was added."""
    added = number(fact, "added_usd")
    cost = _interval(fact, "cost_usd") or (added, added)
    for name in _DAYS:
        days = _interval(fact, name)
        if days and tells(days) and cost[0] > 0:
            few, many = sorted(abs(end) for end in days)
            cheap, dear = f.usd(cost[0] / many), f.usd(cost[1] / few)
            return f" ({cheap if cheap == dear else f'{cheap} to {dear}'} a weighted day)"
    return ""


def _interval(fact: Fact, name: str) -> Interval | None:
    value = fact.figures.get(name)
    return value if isinstance(value, tuple) else None
