"""Shortages and their mends in words."""

from __future__ import annotations

from orebook.explain.words.measures import difference, number
from orebook.report.formats import days, tonnes, usd
from orebook.schema.facts import Fact

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
    if about.against is None:
        says = (
            f"{about.mineral} has {days(number(fact, 'reached_days'))} of {days(number(fact, 'target_days'))} days of cover "
            f"at the end of week {about.week}: {days(short)} days ({tonnes(number(fact, 'short_t'))} t) short"
        )
        critical = number(fact, "critical_short_days")
        says += f", {days(critical)} of them critical" if critical > 0 else ""
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
        f"{days(number(fact, 'won_days'))} days back for {_cost(fact)}."
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
    says = difference("cover_days", fact.figures["cover_days"]) if "cover_days" in fact.figures else ""
    return f" (over all minerals {says})" if says else ""
