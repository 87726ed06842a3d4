"""An instance as a workbook, a folder and a workbook again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import orebook
from orebook.reading.source import book_of
from orebook.schema.document import Document, digest


def there_and_back(document: Document) -> tuple[Document, Document, bytes, bytes]:
    """The document as a workbook and then a folder say it, with the bytes of the workbooks of both."""
    with TemporaryDirectory() as place:
        first, folder, second = (Path(place) / name for name in ("a.xlsx", "folder", "b.xlsx"))
        orebook.write_workbook(document, first)
        of_workbook = _read(first)
        orebook.write_instance(of_workbook, folder)
        of_folder = _read(folder)
        orebook.write_workbook(of_folder, second)
        return of_workbook, of_folder, first.read_bytes(), second.read_bytes()


def _read(path: Path) -> Document:
    """What the cells say; whether it fits together is not asked."""
    book, found = book_of(path)
    assert found == []
    assert book is not None
    return book.document()


def nothing_is_lost(document: Document) -> None:
    """Nothing is lost on the way, by equality, digest and bytes."""
    of_workbook, of_folder, first, second = there_and_back(document)
    assert of_workbook == document
    assert of_folder == document
    assert digest(of_workbook) == digest(of_folder) == digest(document)
    assert first == second
