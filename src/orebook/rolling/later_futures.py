"""What may come, a week later: weeks are one less, what was to be known by now is past, the rest has all the probability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.changes.change import Addition, CellChange, Key
from orebook.changes.expanding import is_event
from orebook.changes.futures import WEEK, wrong_in_future
from orebook.changes.grammar import parse
from orebook.changes.rows import EVERY
from orebook.changes.values import Plain
from orebook.changes.week_on import a_week_on
from orebook.problem import Future, Problem
from orebook.reading.quoting import figure
from orebook.schema import tables as t
from orebook.schema.document import Document

FIRST = 2
"""The first week at whose start anything can become known."""


@dataclass(frozen=True)
class LaterFutures:
    """The tables of futures a week on, and what became of those that are no longer there: a sentence, or nothing."""

    futures: tuple[t.FutureRow, ...] | None
    changes: tuple[t.FutureChangeRow, ...] | None
    says: str

    def put_into(self, document: Document) -> Document:
        """The instance with these futures."""
        return document.model_copy(update={"futures": self.futures, "future_changes": self.changes})


def later_futures(problem: Problem, after: Document) -> LaterFutures:
    """The futures of a problem that are still ahead in `after`, the instance a week on, which has none yet.

    One that was to be known in the week that begins has come or has not: it is past. So is one whose changes name nothing
    any more, or nothing that has not passed. Where one is left in which nothing changes, or none, there is nothing to hedge.
    """
    kept, gone = list[tuple[Future, tuple[str, ...]]](), list[str]()
    for future in problem.futures:
        moved = (text for text in map(a_week_on, future.changes) if text is not None)
        texts = tuple(_of_price(problem, after, text) for text in moved)
        known = future.known_week - 1
        if not future.changes:
            kept.append((future, ()))
        elif known < FIRST:
            gone.append(f"{future.name} was to be known by now")
        elif not texts:
            gone.append(f"{future.name} changes only what is past")
        elif wrong_in_future(after, known, texts):
            gone.append(f"{future.name} can no longer come")
        else:
            kept.append((future, texts))
    if not any(texts for _, texts in kept):
        return LaterFutures(None, None, _says(gone, ()))
    total = sum(future.probability for future, _ in kept)
    rows = tuple(
        t.FutureRow(
            future=future.name,
            probability=future.probability / total,
            known_week=future.known_week - 1 if texts else None,
            in_transit=future.in_transit,
            note=future.note,
        )
        for future, texts in kept
    )
    changes = tuple(
        t.FutureChangeRow(future=future.name, n=n, change=text)
        for future, texts in kept
        for n, text in enumerate(texts, 1)
    )
    return LaterFutures(rows, changes, _says(gone, rows))


def _of_price(problem: Problem, after: Document, text: str) -> str:
    """A change of one week's price as what it has to be: of a row that prices.csv has, or a row that comes.

    The instance a week on lists a price only where it moves. A price relative to one that is not listed is of what the problem
    expected of that week.
    """
    change = None if is_event(text) else parse(text)
    listed = {(row.mineral, row.week) for row in after.rows("prices")}
    match change:
        case CellChange(_, "prices", Key((mineral, week)), "price_usd_per_t", value):
            if week.isdecimal() and mineral != EVERY and (mineral, int(week)) not in listed:
                was = problem.benchmark.get((mineral, int(week) + 1), 0.0)
                price = value.text if isinstance(value, Plain) else figure(value.of(was), 6)
                return f"prices+=mineral:{mineral},week:{week},price_usd_per_t:{price}"
        case Addition(_, "prices", cells):
            row = dict(cells)
            mineral, week, price = (row.get(c) or "" for c in ("mineral", "week", "price_usd_per_t"))
            if week.isdecimal() and (mineral, int(week)) in listed:
                return f"prices.{mineral}/{week}.price_usd_per_t={price}"
    return text


def later_hazards(rows: Iterable[t.HazardRow], weeks: int) -> Iterator[t.HazardRow]:
    """Hazards a week nearer, no sooner than week 2; one that can strike no more, or changes what is past, is gone."""
    for row in rows:
        to_week = row.to_week and row.to_week - 1
        change = row.change if WEEK in row.change else a_week_on(row.change)
        if change is not None and (to_week is None or to_week > 1) and weeks > 1:
            first = row.from_week and max(FIRST, row.from_week - 1)
            yield row.model_copy(update={"change": change, "from_week": first, "to_week": to_week})


def _says(gone: Iterable[str], rows: tuple[t.FutureRow, ...]) -> str:
    listed = list(gone)
    if not listed:
        return ""
    left = ", ".join(f"{row.future} {100 * (row.probability or 0):.4g} %" for row in rows)
    return f"{'; '.join(listed)}; now {left}" if left else f"{'; '.join(listed)}; no future is left to hedge against"
