"""Words of what changed from one plan to another."""

from __future__ import annotations

from collections.abc import Callable

from orebook import formats as f
from orebook.explanations.words.stage_measures import difference, listed, measured, number
from orebook.schema.facts import Fact


def says(fact: Fact) -> str:
    """The total, a line, an input or a ticket."""
    return _ticket(fact) if fact.about.offer is not None else _PARTS[fact.about.against or ""](fact)


def _total(fact: Fact) -> str:
    hows = ("same", "added", "dropped", "altered", "moved", "past")
    tickets = ", ".join(f"{int(n)} {how}" for how in hows if (n := number(fact, f"tickets_{how}")))
    differ, undone = int(number(fact, "inputs")), int(number(fact, "inputs_undone"))
    inputs = f"{f.count(differ, 'input')} {'differs' if differ == 1 else 'differ'}"
    tried = f", {undone} of them undone to see what it forced" if undone else ""
    return (
        f"The new plan: {listed(measured(fact), 'as good as the old')}. Tickets: {tickets or 'none'}; {inputs}{tried}."
    )


def _line(fact: Fact) -> str:
    changed = [p for p in _MEASURES if difference(f"{p[0]}_{p[1]}", number(fact, f"{p[0]}_change_{p[1]}"))]
    parts = [_part(fact, *part) for part in changed]
    return f"{fact.about.mineral or fact.about.row or ''}: {listed(parts, 'as before')}."


def _part(fact: Fact, part: str, unit: str, name: str, write: Callable[[float], str]) -> str:
    before, after = (write(number(fact, f"{part}_{when}_{unit}")) for when in ("before", "after"))
    if before != after:
        return f"{name} from {before} to {after}"
    change = number(fact, f"{part}_change_{unit}")
    return f"{name} {write(abs(change))} {'more' if change > 0 else 'less'}"


def _input(fact: Fact) -> str:
    forced = int(number(fact, "tickets_forced"))
    tickets = (
        f"{f.count(forced, 'changed ticket')} {'goes' if forced == 1 else 'go'} back"
        if forced
        else "no ticket goes back"
    )
    return (
        f"With {fact.about.row} as it was, all else as now: {listed(measured(fact), 'no better or worse')}; {tickets}."
    )


def _ticket(fact: Fact) -> str:
    against = fact.about.against or ""
    why = {
        "free choice": "a free choice, as a plan as good does without",
        "not settled": "for no one input alone",
        "not known": "whether an input forces it is not known",
    }
    return f"{fact.about.offer}: {_what(fact)}; {why.get(against, f'forced by {against}')}."


def _what(fact: Fact) -> str:
    was, now = (int(number(fact, name)) for name in ("week_before", "week_after"))
    before, after = (f"{f.tonnes(number(fact, name))} t" for name in ("before_t", "after_t"))
    if not was:
        return f"{after} in week {now}, added"
    if not now:
        return f"{before} in week {was}, dropped"
    tonnes = f"{before} to {after}" if before != after else after
    return f"week {was} to week {now}, {tonnes}" if was != now else f"{tonnes} in week {was}"


_MEASURES: tuple[tuple[str, str, str, Callable[[float], str]], ...] = (
    ("unmet", "days", "weighted days not served", f.days),
    ("cover", "days", "weighted days short", f.days),
    ("cost", "usd", "cost", f.usd),
)
_PARTS: dict[str, Callable[[Fact], str]] = {"total": _total, "line": _line, "input": _input}
