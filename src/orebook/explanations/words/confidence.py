"""Words of how sure a plan is."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from orebook import formats as f
from orebook.explanations.words.stage_measures import NOTHING_USD, number
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGES

_UNITS = {"days": "weighted days", "share": "share", "usd": "USD", "orders": "orders", "tickets": "tickets"}

_WHOLE = ("orders", "tickets")


def says(fact: Fact) -> str:
    """The part that the fact is about, said."""
    about = fact.about
    if about.offer is not None:
        return _ticket(fact)
    return _PARTS.get(about.against or "", _stage)(fact)


def _ticket(fact: Fact) -> str:
    plans, stands = int(number(fact, "near_plans")), int(number(fact, "in_near_plans"))
    least, most = number(fact, "least_t"), number(fact, "most_t")
    size = f"{f.tonnes(least)} t" if least == most else f"{f.tonnes(least)} to {f.tonnes(most)} t"
    found = f"it stands in {stands} of {f.count(plans, 'plan')} that are nearly as good, with {size}"
    return f"{fact.about.offer} in week {fact.about.week} is {fact.about.against}: {found}."


def _near_plans(fact: Fact) -> str:
    counts = ", ".join(f"{int(number(fact, name))} {name}" for name in ("firm", "likely", "interchangeable"))
    found = f.count(int(number(fact, "near_plans")), "plan")
    leeway = f.usd(number(fact, "leeway_usd"))
    return f"Of the tickets for {fact.about.mineral} {counts}, by {found} as good in cover and at most {leeway} dearer."


def _stage(fact: Fact) -> str:
    suffix = next(name.removeprefix("value_") for name in fact.figures if name.startswith("value_"))
    unit = _UNITS[suffix]
    value, bound, gap = (number(fact, f"{part}_{suffix}") for part in ("value", "bound", "gap"))
    if suffix in _WHOLE:
        bound, gap = ceil(bound - NOTHING_USD), value - ceil(bound - NOTHING_USD)
    dust = STAGES[fact.about.against or ""].least_told
    if gap <= NOTHING_USD * max(1.0, abs(value)) or gap < dust:
        return f"Stage {fact.about.against}: no plan is better than {f.quantity(value, unit)}."
    left = f"{f.quantity(gap, unit)} ({f.percent(gap / max(abs(value), NOTHING_USD))}) are left open"
    return (
        f"Stage {fact.about.against}: {f.quantity(value, unit)}; none is better than {f.quantity(bound, unit)}, {left}."
    )


def _audit(fact: Fact) -> str:
    if number(fact, "audited"):
        return "A second path confirmed the proof."
    return "No second path has confirmed the proof" + (": it ran out of time." if number(fact, "timed_out") else ".")


def _prices(fact: Fact) -> str:
    start = (fact.about.row or "").removeprefix("instance.start=")
    when = f"week 1 starts on {start}" if start else "the instance has no date"
    listed = f"{int(number(fact, 'minerals_listed'))} of {f.count(int(number(fact, 'minerals')), 'mineral')}"
    until = f", the last in week {int(number(fact, 'last_listed_week'))} of {int(number(fact, 'weeks'))}"
    parts = (
        ("listed_usd", "at those"),
        ("still_usd", "at one price for all weeks"),
        ("own_price_usd", "at offers' own"),
    )
    cash = ", ".join(f"{f.usd(number(fact, name))} {how}" for name, how in parts)
    some = bool(number(fact, "minerals_listed"))
    return f"Prices: {when}; {listed} have prices by week{until if some else ''}. Bought: {cash} prices."


def _assumed(fact: Fact) -> str:
    if fact.about.row is None:
        return "The instance does not mark which of its inputs are assumed."
    table, _, columns = fact.about.row.partition(": ")
    return f"Assumed in {table}: {columns}." if columns else f"Assumed: all of {table}."


_PARTS: dict[str, Callable[[Fact], str]] = {
    "near plans": _near_plans,
    "audit": _audit,
    "prices": _prices,
    "assumed": _assumed,
}
