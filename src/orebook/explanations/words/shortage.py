"""Shortages and their mends in words."""

from __future__ import annotations

from orebook.explanations.words.stage_measures import listed, measured, number
from orebook.formats import days, reached, tonnes, usd
from orebook.schema.facts import Fact
from orebook.schema.stages import stage_of

_KEEPS = {
    "budget": "money",
    "releases": "when money is released",
    "store": "room in the stores",
    "lead time": "lead time",
    "offer window": "the weeks in which offers are open",
    "house limit": "what the houses can deliver",
    "offer limit": "what the offers have",
    "lot or minimum": "lots and least orders",
    "share": "limits on shares",
    "split": "the split over houses",
    "floor": "price floors",
    "bar": "bars on origins",
    "licence": "licences for restricted content",
    "score": "the least score",
    "market cap": "the cap on the share of the market",
    "ceiling": "the most cover allowed",
    "frozen weeks": "the frozen weeks",
}
"""What a cause is called in a sentence."""


def shortage_says(fact: Fact) -> str:
    """How short a mineral is, or what a cause keeps from it."""
    about = fact.about
    short = number(fact, "short_days")
    if about.against is None and about.week is None:
        return f"{about.mineral} has no target."
    if "unsettled" in fact.figures:
        *more, last = (cause_called(c) for c in (about.row or "").split(", "))
        causes = f"{', '.join(more)} and {last}" if more else last
        return f"Not settled for {about.mineral}: the time ended before {causes} could be told; asked again it may be."
    if about.against is None:
        of = reached(number(fact, "reached_days"), number(fact, "target_days"))
        says = f"{about.mineral} has {of} days of cover at the end of week {about.week}"
        if not number(fact, "missed"):
            return f"{says}, and misses no target."
        says += f": {days(short)} days ({tonnes(number(fact, 'short_t'))} t) short"
        critical = number(fact, "critical_short_days")
        says += f", {days(critical)} of them critical" if critical >= stage_of("cover_days").least_told else ""
        return says + (". Nobody offers it." if number(fact, "offers") == 0 else ".")
    *more, last = (cause_called(c) for c in about.against.split(" + "))
    causes = f"{', '.join(more)} and {last}" if more else last
    return (
        f"Without {causes} as {'limits' if ' + ' in about.against else 'a limit'}, {about.mineral} wins back "
        f"{days(number(fact, 'won_days'))} of its {days(short)} days short, for {_cost(fact)}{_whole(fact)}."
    )


def mend_says(fact: Fact) -> str:
    """The cheapest single mend of a mineral's shortage, or of a clash."""
    about = fact.about
    if about.mineral is None:
        return fact.says
    more = f": {usd(number(fact, 'budget_usd'))} more" if "budget_usd" in fact.figures else ""
    return (
        f"The cheapest single mend for {about.mineral} is {cause_called(about.against or '')}{more}; it wins "
        f"{days(number(fact, 'won_days'))} days back for {_cost(fact)}{_alone(fact)}."
    )


def clash_says(fact: Fact) -> str:
    """What clashes; said where the clash is found, in the solver's words for rows."""
    return fact.says


def cause_called(cause: str) -> str:
    """A cause as a sentence names it."""
    return _KEEPS.get(cause, cause)


def _cost(fact: Fact) -> str:
    cost = number(fact, "extra_cost_usd")
    return usd(cost) if cost >= 0 else f"{usd(-cost)} less than now"


def _whole(fact: Fact) -> str:
    said = listed(measured(fact), "")
    return _alone(fact) + (f" (over all minerals {said})" if said else "")


def _alone(fact: Fact) -> str:
    return ", the orders of all others as they are" if fact.held else ""
