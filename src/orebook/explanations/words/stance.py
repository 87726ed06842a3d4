"""Words of how sure an order of now is, and of the probability at which it turns."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import listed, measured, number
from orebook.schema.facts import Fact

CANNOT = "cannot be told in the time given"


def says(fact: Fact) -> str:
    """What the order is, by which futures, and what the other way costs."""
    words = {"no-regret": _no_regret, "hedge": _hedge, "wait": _wait}
    return words[fact.about.against or ""](fact)


def turn_says(fact: Fact) -> str:
    """Where an order turns, or that it does not; of a side what ordering comes to there."""
    what, future = _what(fact), fact.about.future
    prefix = "probability_pct."
    names = [name.removeprefix(prefix) for name in fact.figures if name.startswith(prefix)]
    if "unsettled" in fact.figures:
        return f"Whether {what} turns with the probability of {', '.join(names)} {CANNOT}, or both ways are as good."
    if "turns" in fact.figures:
        is_ = f"No turn of {what} with the probability of {', '.join(names)} is found"
        return f"{is_}: where that is 0 or 100 % it is best as it is now."
    now = _percent(number(fact, "probability_pct"))
    if fact.about.against in ("below", "above"):
        done = listed(measured(fact), "nothing that can be told")
        is_ = "is" if number(fact, "ordered") else "is not"
        return f"With {future} at {now} {what} {is_} ordered now: ordering it means {done} than doing without it."
    low, high = fact.figures["turn_pct"]  # type: ignore[misc]
    at = number(fact, "at_pct") if "at_pct" in fact.figures else (low + high) / 2
    side = "over" if fact.about.against == "enters" else "under"
    shown = f"shown by solves at {_percent(low)} and {_percent(high)}"
    return (
        f"{what[0].upper()}{what[1:]} is ordered now where {future} has {side} {_percent(at)}; it has {now} ({shown})."
    )


def _no_regret(fact: Fact) -> str:
    all_, alone, as_good = (int(number(fact, name)) for name in ("futures", "alone", "as_good"))
    if alone == all_:
        why = "each future by itself would order it" if all_ > 1 else "it is in the best plan"
    else:
        why = f"{alone} of {all_} futures by themselves would order it, and {as_good} are as well off with it"
    return f"{_what(fact)} is no regret: {why}. {_without(fact)}"


def _hedge(fact: Fact) -> str:
    all_, alone = int(number(fact, "futures")), int(number(fact, "alone"))
    would = f"{alone} of {all_} futures by themselves would order so much"
    if fact.about.future is None:
        return f"{_what(fact)} is a hedge as far as is known: {would}; of the others it {CANNOT}. {_without(fact)}"
    least = number(fact, "least_t")
    some = f", {f.tonnes(least)} t of it all of them" if least > 0 else ""
    own = number(fact, f"alone_t.{fact.about.future}")
    regret = f"{fact.about.future} by itself would {f'order {f.tonnes(own)} t' if own else 'not have it'}"
    return f"{_what(fact)} is a hedge: {regret}; {would}{some}. {_without(fact)}"


def _wait(fact: Fact) -> str:
    what, future = _what(fact), fact.about.future
    would = (
        f" {future} by itself would order it now."
        if future
        else f" Every future orders as much {fact.about.mineral} later."
    )
    if "unsettled" in fact.figures:
        return f"{what} can wait; what ordering it now costs {CANNOT}.{would}"
    if "blocked" in fact.figures:
        return f"{what} has to wait: ordered now it leaves the futures no plan.{would}"
    means = listed(measured(fact), "nothing that can be told")
    return f"{what} can wait: ordering it now{' at best' if not fact.about.offer else ''} means {means}.{would}"


def _without(fact: Fact) -> str:
    if "frozen" in fact.figures:
        return "It stands in any case: its week is frozen."
    if "blocked" in fact.figures:
        return "Without it the futures have no plan."
    if "unsettled" in fact.figures and not measured(fact):
        return f"What doing without it costs {CANNOT}."
    return f"Doing without it means {listed(measured(fact), 'nothing that can be told')}."


def _what(fact: Fact) -> str:
    """100 t of china-now in week 1; 100 t of tin, where it is of a mineral."""
    about, tonnes = fact.about, f.tonnes(number(fact, "tonnes"))
    return f"{tonnes} t of {about.offer} in week {about.week}" if about.offer else f"{tonnes} t of {about.mineral}"


def _percent(pct: float) -> str:
    return f"{f.plain(pct, 2)} %"
