"""Where an instance is: a folder of files, a zip of one, a workbook, a JSON document, or an instance that ships."""

from __future__ import annotations

from pathlib import Path

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import Book
from orebook.reading.folder import folder_book
from orebook.reading.json_book import json_book
from orebook.reading.json_text import parsed
from orebook.reading.text import fault, text_of
from orebook.reading.workbook import workbook_book
from orebook.reading.zipped import zip_book
from orebook.shipped import instance_names, shipped


def book_of(path: Path) -> tuple[Book | None, list[Finding]]:
    """The book of an instance with all faults of its text and types; no book where there is no instance.

    What is at the path goes before an instance that ships under that name.
    """
    if path.is_dir():
        return folder_book(path)
    if path.is_file():
        return _file_book(path)
    names = instance_names()
    if path.as_posix() in names:
        return folder_book(shipped("instances") / path)
    says = "is not there: no folder, workbook, zip or JSON file, nor an instance that ships"
    like = suggest.nearest(path.as_posix(), names)
    return None, [fault(str(path), None, "no_instance", says + (f"; {suggest.meant(str(path), like)}" if like else ""))]


def _file_book(path: Path) -> tuple[Book | None, list[Finding]]:
    match path.suffix.lower():
        case ".json":
            return _json_book(path)
        case ".zip":
            return zip_book(path)
        case _:
            return workbook_book(path)


def _json_book(path: Path) -> tuple[Book | None, list[Finding]]:
    text = text_of(path)
    if isinstance(text, Finding):
        return None, [text]
    try:
        return json_book(parsed(text))
    except ValueError as error:
        return None, [fault(path.name, None, "not_json", f"is no instance in JSON: {error}")]
