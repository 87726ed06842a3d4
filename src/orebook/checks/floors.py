"""Price floors whose columns do not go with their mechanism."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import figure
from orebook.schema.tables import FloorRow


def payer_without_cfd(book: Book) -> Iterator[Finding]:
    """Another who pays where no difference is paid to the producer."""
    sheet = book.sheet(FloorRow)
    for entry, floor in sheet.rows():
        if floor.payer != "reserve" and floor.mechanism != "cfd":
            says = (
                f'"{floor.payer}" pays the difference of a cfd, and the mechanism is {floor.mechanism}; leave it blank'
            )
            yield sheet.fault("payer_without_cfd", entry, "payer", says)


def upside_not_ours(book: Book) -> Iterator[Finding]:
    """A part of what is above the floor where the reserve has no contract for the difference."""
    sheet = book.sheet(FloorRow)
    for entry, floor in sheet.rows():
        if floor.upside_pct > 0 and (floor.mechanism, floor.payer) != ("cfd", "reserve"):
            whose = f"the mechanism is {floor.mechanism}" if floor.mechanism != "cfd" else "another pays this one"
            says = f"{figure(floor.upside_pct)} is of a cfd that the reserve pays, and {whose}; leave it blank"
            yield sheet.fault("upside_not_ours", entry, "upside_pct", says)
