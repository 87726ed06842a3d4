"""Rows that stand twice, and tables that say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import plain
from orebook.schema.document import REQUIRED_TABLES
from orebook.schema.tables import MineralRow, UseRow


def empty_table(book: Book) -> Iterator[Finding]:
    """A required table without a row."""
    for table in REQUIRED_TABLES:
        sheet = book.sheets[table]
        if sheet.readable and not sheet.entries:
            yield sheet.fault("empty_table", None, None, f"lists no {sheet.model.KEY[0]}; write at least one row")


def duplicate_key(book: Book) -> Iterator[Finding]:
    """Two rows with one key."""
    for sheet in book.sheets.values():
        first: dict[tuple[Any, ...], int] = {}
        columns = sheet.model.KEY
        for entry in sheet.entries:
            key = sheet.key_of(entry)
            if key is None or first.setdefault(key, entry.line) == entry.line:
                continue
            name = "/".join("" if part is None else plain(part) for part in sheet.model.shortened(key))
            says = f'"{name}" is in row {first[key]} already; change {" or ".join(columns)}, or keep one of the two'
            yield sheet.fault("duplicate_key", entry, columns[0] if len(columns) == 1 else None, says)


def use_in_two_tables(book: Book) -> Iterator[Finding]:
    """A mineral's use both in minerals.csv and in use.csv."""
    minerals = book.sheet(MineralRow)
    own = {e.cells["mineral"]: e.line for e in minerals.entries if {"mineral", "daily_use_t"} <= e.cells.keys()}
    sheet = book.sheet(UseRow)
    for entry in sheet.entries:
        mineral = entry.cells.get("mineral")
        if mineral in own:
            says = f'"{mineral}" has daily_use_t in {minerals.file}:{own[mineral]} too; leave one of the two blank'
            yield sheet.fault("use_in_two_tables", entry, "mineral", says)
