"""Futures whose probabilities do not come to 1, count for nothing, or are the same twice."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.exact import ZERO, Fraction, exact
from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import figure
from orebook.resolve import futures_of
from orebook.schema.tables import FutureRow

APART = Fraction(1, 10**9)
"""So much may probabilities be off 1 in all: what is left of thirds that were typed."""


def probabilities_apart(book: Book) -> Iterator[Finding]:
    """Probabilities that are over 1 in all, or below it where no future is left to take the rest."""
    sheet = book.sheet(FutureRow)
    given = [(entry, exact(row.probability)) for entry, row in sheet.rows() if row.probability is not None]
    if not given or len(sheet.rows()) < len(sheet.entries):
        return  # what is wrong with a row is said already
    total = sum((probability for _, probability in given), ZERO)
    blank = len(given) < len(sheet.entries)
    if total > 1 + APART or (total < 1 - APART and not blank):
        other = "" if total > 1 else f", or leave one blank for the {_text(1 - total)} left"
        says = f"the probabilities of all futures come to {_text(total)}; make them come to 1{other}"
        yield sheet.fault("probabilities_apart", given[-1][0], "probability", says)


def future_left_out(case: CheckContext) -> Iterator[Finding]:
    """A future of probability 0."""
    sheet = case.sheet(FutureRow)
    there = {future.name for future in case.problem.futures}
    for entry, row in sheet.rows():
        if row.future not in there:
            why = "0" if row.probability is not None else "blank, and the others leave nothing"
            says = f'{why}: "{row.future}" is left out; give it a probability, or take it out'
            yield sheet.warning("future_left_out", entry, "probability", says)


def futures_alike(case: CheckContext) -> Iterator[Finding]:
    """Two futures with the same changes, known in the same week."""
    sheet = case.sheet(FutureRow)
    futures = {future.name: future for future in futures_of(case.problem.document)}
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for entry, row in sheet.rows():
        future = futures[row.future]
        same, line = first.setdefault((future.changes, future.known_week, future.in_transit), (future.name, entry.line))
        if same != future.name:
            says = f'"{future.name}" changes the same as "{same}" (row {line}); take one out, and add up their probabilities'
            yield sheet.warning("futures_alike", entry, "future", says)


def _text(x: Fraction) -> str:
    return figure(float(x), 12)
