"""What can be wrong with the changes of futures and hazards: each is made on the instance, as it would be in its future.

A fault stands at the row of future_changes.csv or hazards.csv. It is asked when an instance is read, and not after a change
of it: a what-if without an offer is none the worse for a future that speaks of the offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from orebook.changes.applying import blamed
from orebook.changes.change import Change
from orebook.changes.known_later import changes_of
from orebook.changes.steps import step
from orebook.checks import faults
from orebook.checks.spans import KNOWN_FIRST
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.book import Book, Entry, Sheet
from orebook.resolve import futures_of
from orebook.schema.document import Document
from orebook.schema.tables import FutureChangeRow, HazardRow

WEEK = "$week"
"""Stands in a hazard's change for the week in which it strikes."""

Text = tuple[Entry[Any], str]
"""A change or an event as typed, and its row."""


def future_faults(book: Book, document: Document) -> list[Finding]:
    """Every change of a future or a hazard that cannot be made, of a book without other faults and its document."""
    return [*_of_futures(book, document), *_of_hazards(book, document)]


def wrong_in_future(document: Document, known: int, texts: Iterable[str]) -> list[Finding]:
    """What is wrong with changes and events as those of one future, known in that week, of an instance without faults."""
    sheet = Book.of(document).sheet(FutureChangeRow)
    entries: list[Text] = [(Entry(line, {"change": text}, None), text) for line, text in enumerate(texts, 2)]
    return _Trial(document, sheet, known).found(entries)


def _of_futures(book: Book, document: Document) -> Iterator[Finding]:
    sheet = book.sheet(FutureChangeRow)
    rows = sorted(sheet.rows(), key=lambda pair: pair[1].n)
    for future in futures_of(document):
        mine = [(entry, row.change) for entry, row in rows if row.future == future.name]
        yield from _Trial(document, sheet, future.known_week).found(mine)


def _of_hazards(book: Book, document: Document) -> Iterator[Finding]:
    """A hazard in the first and in the last week in which it may strike; late in the plan it may change nothing."""
    sheet = book.sheet(HazardRow)
    for entry, row in sheet.rows():
        first, last = row.from_week or KNOWN_FIRST, document.instance.weeks if row.to_week is None else row.to_week
        for week in dict.fromkeys((first, last)) if first <= last else ():
            found = _Trial(document, sheet, week).found([(entry, row.change.replace(WEEK, str(week)))])
            found = [f for f in found if week == first or f.check != "no_row"]
            yield from found
            if found:
                break


@dataclass
class _Trial:
    """The changes of one future, made in order; `sheet` is where they stand, `known` its known_week."""

    document: Document
    sheet: Sheet[Any]
    known: int
    _made: list[tuple[Change, Entry[Any]]] = field(default_factory=list)

    def found(self, texts: Iterable[Text]) -> list[Finding]:
        """What is wrong with any of them; whether the tables then fit together is asked where each can be made."""
        now, found = self.document, list[Finding]()
        for entry, text in texts:
            try:
                changes = changes_of(self.document, now, text, self.known)
                now = reduce(step, changes, now)
            except InputError as error:
                found += [self._placed(entry, f) for f in error.findings]
            else:
                self._made += [(change, entry) for change in changes]
        return found or self._left(now)

    def _left(self, now: Document) -> list[Finding]:
        """Tables that no longer fit together, and stock that goes though its store stays."""
        entry_of = {change.text: entry for change, entry in reversed(self._made)}
        found = blamed(self.document, [c for c, _ in self._made]) if self._made and faults(Book.of(now)) else []
        placed = [self._placed(entry_of[f.file], f) for f in found]
        stays = {s.site for s in now.rows("sites")} if now.sites is not None else {"store"}
        left = {row.key() for row in now.rows("stock")}
        gone = [row for row in self.document.rows("stock") if row.site in stays and row.key() not in left]
        if gone and not placed:
            entry = next(entry for change, entry in self._made if getattr(change, "table", "") == "stock")
            says = f"takes stock out of {gone[0].site}, which stays; what is in store before week 1 is the same in every future"
            placed = [self.sheet.fault("settled", entry, "change", says)]
        return placed

    def _placed(self, entry: Entry[Any], finding: Finding) -> Finding:
        return self.sheet.fault(finding.check, entry, "change", finding.message)
