"""An offer without a ticket in words: why it is not used, what would give way, and at which price it enters."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.blocking_rows import kept_says
from orebook.explanations.words.mineral_alone import mineral_alone_says, none_says
from orebook.explanations.words.stage_measures import number
from orebook.schema.facts import Fact


def says(fact: Fact) -> str:
    """What bars it; the cheapest plan that uses it; a ticket that gives way; or its break-even price."""
    name = fact.about.offer
    if fact.about.against == "price":
        return _price(fact)
    if "less_t" in fact.figures:
        left = number(fact, "left_t")
        stays = f", {f.tonnes(left)} t stay" if left else ", all of it"
        ticket = f"{fact.about.against} in week {fact.about.week}"
        return f"Where {name} is used, {ticket} gives way by {f.tonnes(number(fact, 'less_t'))} t{stays}."
    if fact.method == "arithmetic":
        weeks = f"{int(number(fact, 'weeks'))} of {f.count(int(number(fact, 'of_weeks')), 'week')}"
        return f"Nothing of {name} can be ordered in {weeks}: {kept_says(fact.about.row or '')}."
    least = f"at least {f.tonnes(number(fact, 'least_t'))} t of {name}"
    if none := none_says(fact):
        return f"With {least}, {none}."
    used = f"the cheapest plan takes {f.tonnes(number(fact, 'tonnes'))} t"
    return (
        f"With {least}, quoted at {_now(fact)}, {used}: {mineral_alone_says(fact, 'as good, so it is a free choice')}."
    )


def _price(fact: Fact) -> str:
    name, figures = fact.about.offer, fact.figures
    enters = figures.get("break_even_usd_per_t")
    if isinstance(enters, tuple):
        low, high = (_per_t(x) for x in enters)
        return f"{name} enters where its quote falls under {high} ({low} suffices, at {high} it stays out); now {_now(fact)}."
    untold = figures.get("untold_usd_per_t")
    if isinstance(untold, tuple):
        low, high = (_per_t(x) for x in untold)
        sides = [("enters_usd_per_t", "it does"), ("stays_out_usd_per_t", "it does not")]
        known = "".join(f"; at {_per_t(number(fact, side))} {what}" for side, what in sides if side in figures)
        return f"At quotes from {low} to {high} the gaps do not tell whether {name} enters{known}; now {_now(fact)}."
    if "floor_usd_per_t" in figures:
        floor = _per_t(number(fact, "floor_usd_per_t"))
        return (
            f"No lower quote brings {name} in: from {floor} down the price floor sets what is paid; now {_now(fact)}."
        )
    tried = _per_t(number(fact, "tried_usd_per_t"))
    return f"No quote brings {name} in: at {tried} the best plan still does without it; now {_now(fact)}."


def _now(fact: Fact) -> str:
    return f"{_per_t(number(fact, 'price_usd_per_t'))} in week {int(number(fact, 'price_week'))}"


def _per_t(price: float) -> str:
    return f"USD {f.grouped(price, 2)}/t"
