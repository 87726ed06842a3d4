"""A ticket in words: what it costs to do without it, what it beats, and what keeps the cheaper ones out."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.subproblem.rival import TERMS
from orebook.explanations.words.blocking_rows import kept_says
from orebook.explanations.words.mineral_alone import mineral_alone_says, none_says
from orebook.explanations.words.stage_measures import listed, number
from orebook.schema.facts import Fact

CENT = 0.005


def says(fact: Fact) -> str:
    """The ticket itself, or the ticket against another offer."""
    return _itself(fact) if fact.about.against is None else _against(fact)


def _itself(fact: Fact) -> str:
    about, row = fact.about, fact.about.row
    landed = f"{f.usd(number(fact, 'landed_usd_per_t'))}/t landed ({_terms(fact, '')})"
    what = f"{f.tonnes(number(fact, 'tonnes'))} t of {about.offer} in week {about.week} at {landed}"
    if fact.method == "arithmetic" and row:
        return f"{what}: {kept_says(row)}."
    weeks = int(number(fact, "weeks_forbidden"))
    without = "it" if weeks == 1 else f"any order of {about.offer} ({f.count(weeks, 'week')})"
    if none := none_says(fact):
        return f"{what} is necessary: without {without} {none}."
    return f"{what}. Without {without}: {mineral_alone_says(fact, 'another plan is as good')}."


def _against(fact: Fact) -> str:
    about, more = fact.about, number(fact, "more_usd_per_t")
    rival = f"{about.against} in week {int(number(fact, 'against_week'))}"
    if abs(more) < CENT:
        apart = f"{rival} costs as much a tonne"
    else:
        terms = _terms(fact, "more_")
        apart = f"{rival} is {f.usd(abs(more))}/t {'dearer' if more > 0 else 'cheaper'} landed ({terms})"
    if more > -CENT:
        return f"Against {about.offer} in week {about.week}, {apart}."
    weeks = int(number(fact, "weeks"))
    apart += f", and so in {f.count(weeks, 'week')}" if weeks > 1 else ""
    return f"Against {about.offer} in week {about.week}, {apart}; {_out(fact)}."


def _out(fact: Fact) -> str:
    """What keeps a cheaper one out."""
    row, moved = fact.about.row, f"{f.tonnes(number(fact, 'moved_t'))} t moved there"
    if fact.method == "arithmetic" and row:
        tried = f", with {moved}" if "moved_t" in fact.figures else ""
        return f"what keeps it out{tried}: {kept_says(row)}"
    if "moved_extra_usd" in fact.figures:
        return f"{moved} would cost {f.usd(number(fact, 'moved_extra_usd'))} more in all, by lots, fees or tiers"
    if fact.method == "arithmetic":
        return "no single limit keeps it out, and no change of the instance can force it to tell more"
    taken = (
        f"taking {f.tonnes(number(fact, 'forced_t'))} t of it" if "forced_t" in fact.figures else "ordering then alone"
    )
    if none := none_says(fact):
        return f"{taken}, {none}"
    return f"no single limit keeps it out; {taken}: {mineral_alone_says(fact, 'as good, so it is a free choice')}"


def _terms(fact: Fact, prefix: str) -> str:
    """quote 13,169.00, commission 118.52: the terms of nothing left out; differences with their sign."""
    amounts = [(term, number(fact, f"{prefix}{term}_usd_per_t")) for term in TERMS]
    sign = "+" if prefix else ""
    parts = [f"{t.replace('_', '-')} {sign if x > 0 else ''}{f.grouped(x, 2)}" for t, x in amounts if abs(x) >= CENT]
    return listed(parts, "no term differs by a cent")
