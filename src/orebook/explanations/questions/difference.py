"""What changed from one plan to another: tickets, cover and money by mineral, and which inputs forced it.

Figures are of the new plan less the old one, exact. A fact of an input undone stands on the new plan as other facts do:
its figures are the best plan's without the input less the new plan's, with the changes that undo it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orebook.explanations.diff.by_mineral import MineralLine, lines
from orebook.explanations.diff.input_causes import Causes, Undone
from orebook.explanations.diff.input_changes import inputs
from orebook.explanations.diff.ticket_changes import TicketChange, orders_of, shift, ticket_changes
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.stage_differences import differences
from orebook.plan import Plan
from orebook.schema.facts import About, Fact, Interval
from orebook.schema.stages import FIGURE_OF

SOLVES = 8
"""Inputs that are undone; the others are counted."""
FREE, OPEN, UNKNOWN = "free choice", "not settled", "not known"
"""Whose doing a change is where no input forces it: a plan as good does without; no one input alone; nobody could tell."""
Figures = dict[str, float | Interval]


def difference(
    old: Plan, new: Plan, *, solves: int = SOLVES, counterfactuals: Counterfactuals | None = None
) -> Iterator[Fact]:
    """Facts without words: the total, a line a mineral, the inputs undone, then every ticket change with its cause.

    `counterfactuals` are the new plan's, where there are some already. At most so many inputs are undone, the most telling
    first; with `solves=0` nothing is solved, and no change has a cause.
    """
    changes = ticket_changes(old, new)
    before = orders_of(old, shift(old, new))
    causes = Causes(counterfactuals or Counterfactuals(new), before, changes)
    differ = inputs(old.problem, new.problem, old.model, new.model)
    found = list(causes.undone(causes.telling(differ)[:solves]))
    free = causes.free() if solves and changes else frozenset()
    untold = causes.untold(differ, found) if solves else frozenset(changes)
    forced = {change: undone for undone in reversed(found) for change in undone.gone}
    yield _total(old, new, changes, (len(differ), len(found)))
    yield from _lines(old, new)
    yield from (_of_input(causes.counterfactuals, undone) for undone in found)
    yield from (
        _of_ticket(change, None, FREE)
        if change in free
        else _of_ticket(change, forced.get(change), UNKNOWN if change in untold else OPEN)
        for change in changes
    )


def _total(old: Plan, new: Plan, changes: Sequence[TicketChange], counted: tuple[int, int]) -> Fact:
    """Both plans' measures, tickets by what became of them, and how many inputs differ and were undone."""
    figures: Figures = {}
    for stage, name in FIGURE_OF.items():
        if stage in old.judgement.measures and stage in new.judgement.measures:
            apart = float(new.judgement.measures[stage] - old.judgement.measures[stage])
            figures[name] = (apart, apart)
    for how in ("added", "dropped", "altered", "moved"):
        figures[f"tickets_{how}"] = float(sum(c.how == how for c in changes))
    before = len(orders_of(old, shift(old, new)))
    figures["tickets_same"] = float(before - sum(c.how != "added" for c in changes))
    figures["tickets_past"] = float(len(old.document.tickets) - before)
    figures["inputs"], figures["inputs_undone"] = map(float, counted)
    return Fact(kind="difference", about=About(against="total"), figures=figures, method="arithmetic")


def _lines(old: Plan, new: Plan) -> Iterator[Fact]:
    """A fact a mineral, and a fact for what is nobody's, where the plans differ; they add up to the total."""
    before, after = lines(old), lines(new)
    for name in sorted({*before, *after}):
        was, now = before.get(name, MineralLine()), after.get(name, MineralLine())
        if was == now:
            continue
        figures: Figures = {}
        for part in ("unmet_days", "cover_days", "cost_usd"):
            a, b = getattr(was, part), getattr(now, part)
            stem, _, unit = part.rpartition("_")
            if a or b:
                figures |= {f"{stem}_before_{unit}": float(a), f"{stem}_after_{unit}": float(b)}
                figures[f"{stem}_change_{unit}"] = float(b - a)
        mineral = name if name in old.problem.minerals or name in new.problem.minerals else None
        about = About(against="line", mineral=mineral, row=None if mineral else name)
        yield Fact(kind="difference", about=about, figures=figures, method="arithmetic")


def _of_input(counterfactuals: Counterfactuals, undone: Undone) -> Fact:
    changes = undone.input.undo or ()
    figures: Figures = {**differences(counterfactuals, undone.answer, changes, held=bool(undone.held), better=False)}
    figures["tickets_forced"] = float(len(undone.gone))
    return Fact(
        kind="difference",
        about=About(against="input", row=undone.input.name),
        figures=figures,
        method="solve",
        held=tuple(sorted(undone.held)),
        changes=changes,
    )


def _of_ticket(change: TicketChange, by: Undone | None, else_: str) -> Fact:
    """`about.against` is the input that forces the change, or what it is where none is known to."""
    weeks: Mapping[str, int | None] = {"week_before": change.week_before, "week_after": change.week_after}
    figures: Figures = {name: float(week) for name, week in weeks.items() if week is not None}
    figures |= {"before_t": change.before_t, "after_t": change.after_t}
    return Fact(
        kind="difference",
        about=About(
            mineral=change.mineral,
            offer=change.offer,
            house=change.house,
            week=change.week_after or change.week_before,
            against=by.input.name if by else else_,
        ),
        figures=figures,
        method="solve" if by or else_ == FREE else "arithmetic",
        held=tuple(sorted(by.held)) if by else (),
        changes=by.input.undo or () if by else (),
    )
