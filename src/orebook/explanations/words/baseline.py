"""Words of baselines."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.words.stage_measures import difference, listed, measured, number
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF

_NAMES = {
    "prior": "The prior plan, priced today",
    "thumb": "A rule of thumb, the worst-off mineral from the cheapest offer until nothing more can be bought",
    "nothing": "Buying nothing",
}
_UNITS = {"usd": "USD", "pct": "%"}
WORST = "worst_"


def says(fact: Fact) -> str:
    """What the plan is held against, how far it is off, and what it breaks."""
    if fact.about.against == "no policy":
        rules = ", ".join(change.removeprefix("rules.").removesuffix("=off") for change in fact.changes)
        return f"Without policy ({rules}) the best plan has {listed(measured(fact), 'nothing more or less')}."
    name = _NAMES[fact.about.against or ""]
    left_out = int(number(fact, "left_out"))
    gone = f" ({f.count(left_out, 'ticket')} left out: the offer or week is gone)" if left_out else ""
    breaks = _breaks(fact)
    return f"{name}{gone}: {listed(measured(fact), 'as good as the plan')}; {breaks}."


def _breaks(fact: Fact) -> str:
    rows = int(number(fact, "breaches"))
    if not rows:
        return "it keeps every rule"
    worst = next(name for name in fact.figures if name.startswith(WORST))
    unit = worst.removeprefix(WORST)
    by = f.quantity(number(fact, worst), _UNITS.get(unit, unit))
    better = "better only because it breaks" if _better(fact) else "and it breaks"
    return f"{better} {f.count(rows, 'row')}, the furthest {fact.about.row} by {by}"


def _better(fact: Fact) -> bool:
    """Whether the first measure that differs is better than the plan's."""
    for name in STAGE_OF:
        if difference(name, value := number(fact, name)):
            return value < 0
    return False
