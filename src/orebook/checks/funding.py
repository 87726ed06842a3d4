"""Sources of money whose terms do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import figure
from orebook.schema.tables import FundingRow


def undrawn_without_limit(book: Book) -> Iterator[Finding]:
    """A fee on what is not drawn of no limit."""
    sheet = book.sheet(FundingRow)
    for entry, source in sheet.rows():
        if source.undrawn_pct > 0 and source.limit_usd is None:
            says = f"{figure(source.undrawn_pct)} is on what is not drawn of limit_usd, which is blank; write the limit, or 0"
            yield sheet.fault("undrawn_without_limit", entry, "undrawn_pct", says)
