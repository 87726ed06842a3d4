"""Where an instance is: a folder of files, or a workbook."""

from __future__ import annotations

from pathlib import Path

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.folder import folder_book
from orebook.reading.text import fault
from orebook.reading.workbook import workbook_book


def book_of(path: Path) -> tuple[Book | None, list[Finding]]:
    """The book of an instance with all faults of its text and types; no book where there is no instance."""
    if path.is_dir():
        return folder_book(path)
    if path.is_file():
        return workbook_book(path)
    return None, [fault(str(path), None, "no_instance", "is not there")]
