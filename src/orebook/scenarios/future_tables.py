"""Drawn futures as the tables futures.csv and future_changes.csv of their instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orebook.changes.futures import WEEK, wrong_in_future
from orebook.checks.spans import KNOWN_FIRST
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.scenarios.hazard_draws import Struck, hazards_of
from orebook.scenarios.price_walks import price_changes
from orebook.scenarios.volatility import Floats
from orebook.schema.tables import FutureChangeRow, FutureRow

AS_IT_STANDS = "as it stands"


@dataclass(frozen=True, slots=True)
class DrawnFuture:
    """A draw as a future: from which week on it is known, what changes, and a note that names what strikes when."""

    known_week: int
    changes: tuple[str, ...]
    note: str


def with_futures(
    problem: Problem,
    names: Sequence[str],
    factors: Floats,
    struck: Sequence[Struck],
    chosen: Sequence[tuple[int, int]],
    draws: int,
) -> Problem:
    """The problem whose tables of futures are those that are kept; its hazards stay."""
    made: dict[tuple[int | None, tuple[str, ...]], tuple[str, str, int]] = {}
    for k, number in chosen:
        drawn = drawn_future(problem, names, factors[k], struck[k])
        texts = drawn.changes
        key = (drawn.known_week if texts else None, texts)
        name, note, stands_for = made.get(key, (f"draw {k + 1}" if texts else AS_IT_STANDS, drawn.note, 0))
        made[key] = (name, note, stands_for + number)
    futures = tuple(
        FutureRow(future=name, probability=number / draws, known_week=known, note=note or None)
        for (known, _), (name, note, number) in made.items()
    )
    changes = tuple(
        FutureChangeRow(future=name, n=n, change=text)
        for (_, texts), (name, *_) in made.items()
        for n, text in enumerate(texts, 1)
    )
    tables = {"futures": futures, "future_changes": changes}
    return problem_of(problem.document.model_copy(update=tables), problem.changes, problem.rules_off)


def drawn_future(
    problem: Problem, names: Sequence[str], walk: Floats, struck: Struck, first: int = KNOWN_FIRST
) -> DrawnFuture:
    """The future of a walk of prices, in which these hazards strike: known from week 2 on, or that of the first hazard where
    no prices are drawn, and not before week `first`."""
    known = max(first, KNOWN_FIRST if names else min((week for _, week in struck), default=KNOWN_FIRST))
    moved = price_changes(problem, names, walk, known)
    strike, said = _strike_changes(problem, known, moved, struck)
    return DrawnFuture(known, (*moved, *strike), said)


def _strike_changes(problem: Problem, known: int, moved: Sequence[str], struck: Struck) -> tuple[list[str], str]:
    """The changes of what strikes, in order, and a note that names it; what changes nothing any more is left out."""
    texts = {row.hazard: row.change for row in hazards_of(problem)}
    made, notes = list[str](), []
    for hazard, week in struck:
        text = texts[hazard].replace(WEEK, str(week))
        idle = wrong_in_future(problem.document, known, [*moved, *made, text])  # alone it can be made: reading tried it
        made += [] if idle else [text]
        notes.append(f"{hazard} in week {week}" + (" (changes nothing then)" if idle else ""))
    return made, ", ".join(notes)
