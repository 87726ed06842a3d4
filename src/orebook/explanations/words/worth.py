"""Words of what knowing and hedging are worth, and of the worst futures and what helps them."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import listed, measured, number
from orebook.explanations.words.stance import CANNOT
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF
from orebook.worth_words import hedging_says, knowing_says

_UNITS = {"usd": "USD", "days": "weighted days", "share": "share"}


def says(fact: Fact) -> str:
    """What it is worth; an interval that holds 0 tells nothing."""
    found = [(STAGE_OF[name], value) for name, value in fact.figures.items() if name in STAGE_OF]
    usd = number(fact, "found_usd") if "found_usd" in fact.figures else None
    if not found:
        return hedging_says("", None, usd)
    (stage, value), *_ = found
    assert isinstance(value, tuple)
    return (knowing_says if fact.about.against == "knowing" else hedging_says)(stage, value, usd)


def tail_says(fact: Fact) -> str:
    """A future of the worst part; or which ticket helps it most."""
    return _help(fact) if fact.about.against == "help" else _future(fact)


def _future(fact: Fact) -> str:
    part, probability = number(fact, "part_pct"), number(fact, "probability_pct")
    reached, had = _reached(fact, "reached_"), _reached(fact, "had_one_known_")
    parts = [f"{reached}{f' ({had} had one known it)' if had else ''}"]
    short = sorted(_by_name(fact, "short_days."), key=lambda item: -item[1])[:3]
    parts += [f"{f.days(days)} days short of {name}" for name, days in short]
    parts += [f"{f.tonnes(tonnes)} t of {name} not served" for name, tonnes in _by_name(fact, "short_t.")[:3]]
    for goods in ("lost", "late"):
        if f"{goods}_t" in fact.figures:
            tickets = f.count(int(number(fact, f"{goods}_tickets")), "ticket")
            parts.append(f"{tickets} ({f.tonnes(number(fact, f'{goods}_t'))} t) {goods}")
    makes = f"makes {f.plain(part, 1)} % of the worst part with a probability of {f.plain(probability, 2)} %"
    return f"{fact.about.future} {makes}: {', '.join(parts)}."


def _help(fact: Fact) -> str:
    if fact.about.offer is None:
        if "unsettled" in fact.figures:
            return f"Which order of now would help the worst part {CANNOT}."
        return "No order of now beside the plan's, and no more of one, was found to help the worst part."
    about, tonnes = fact.about, f.tonnes(number(fact, "tonnes"))
    worst = listed(measured(fact), "nothing that can be told")
    mean = listed(measured(fact, "mean_"), "nothing")
    what = f"{tonnes} t more of {about.offer} in week {about.week}"
    return f"{what} would help the worst part most: {worst} there; on average {mean}."


def _reached(fact: Fact, prefix: str) -> str:
    name = next((name for name in fact.figures if name.startswith(prefix)), None)
    if name is None:
        return ""
    unit = name.removeprefix(prefix)
    return f.quantity(number(fact, name), _UNITS.get(unit, unit))


def _by_name(fact: Fact, prefix: str) -> list[tuple[str, float]]:
    return [(n.removeprefix(prefix), number(fact, n)) for n in fact.figures if n.startswith(prefix)]
