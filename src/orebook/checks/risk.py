"""Pairs of correlations.csv that say nothing, or say it twice."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.schema.tables import CorrelationRow


def pair_of_one(book: Book) -> Iterator[Finding]:
    """A mineral with itself."""
    sheet = book.sheet(CorrelationRow)
    for entry, row in sheet.rows():
        if row.mineral == row.other:
            says = f'"{row.other}" is the mineral itself; write another, or take the row out'
            yield sheet.fault("pair_of_one", entry, "other", says)


def pair_twice(book: Book) -> Iterator[Finding]:
    """A pair in both orders."""
    sheet = book.sheet(CorrelationRow)
    seen: set[tuple[str, str]] = set()
    for entry, row in sheet.rows():
        if (row.other, row.mineral) in seen and row.mineral != row.other:
            says = (
                f'"{row.mineral}" and "{row.other}" are listed above in the other order; take one of the two rows out'
            )
            yield sheet.fault("pair_twice", entry, "mineral", says)
        seen.add(row.key())
