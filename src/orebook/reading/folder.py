"""An instance folder as a book: every table that is there, and no file that looks like one and is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orebook.findings import Finding
from orebook.reading.book import HEAD_FILE, Book, Sheet, file_of
from orebook.reading.stray_files import strays
from orebook.reading.tables import sheet_of
from orebook.reading.toml_file import read_toml
from orebook.schema.document import REQUIRED_TABLES, TABLES
from orebook.schema.head import Head


def folder_book(folder: Path) -> tuple[Book, list[Finding]]:
    """The book of a folder with all faults of its text and types."""
    head, lines, found = read_toml(folder / HEAD_FILE, Head)
    sheets: dict[str, Sheet[Any]] = {}
    for table, model in TABLES.items():
        sheets[table], faults = sheet_of(folder / file_of(table), model, table in REQUIRED_TABLES)
        found += faults
    found += strays(path.name for path in folder.iterdir() if path.is_file())
    return Book(head, lines, sheets), found
