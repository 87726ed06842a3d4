"""A zip of an instance's folder as a book. No name in it is ever opened as a path."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from orebook.findings import Finding
from orebook.reading.book import HEAD_FILE, Book, file_of
from orebook.reading.folder import folder_book
from orebook.reading.stray_files import strays
from orebook.reading.text import fault
from orebook.schema.document import TABLES

KNOWN = frozenset({HEAD_FILE, *map(file_of, TABLES)})
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
"""What a broken, locked or odd zip raises."""
NOT_A_ZIP = "not_a_zip"
"""The check that finds it."""


def zip_book(path: Path) -> tuple[Book | None, list[Finding]]:
    """The book of the folder in a zip, with all faults of its text and types; no book where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory() as folder:
            names = _unpack(archive, Path(folder))
            book, found = folder_book(Path(folder))
    except UNREADABLE:
        return None, [fault(path.name, None, NOT_A_ZIP, "cannot be read: no zip, or it is broken or locked")]
    return book, [*found, *strays(names)]


def _unpack(archive: zipfile.ZipFile, folder: Path) -> list[str]:
    """The names beside the uppermost head; of them those of tables are written, under the name that is known here."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    places = {PurePosixPath(part.filename.replace("\\", "/")): part for part in parts}
    heads = sorted((p for p in places if p.name == HEAD_FILE), key=lambda p: len(p.parts))
    home = heads[0].parent if heads else PurePosixPath()
    named = {p.name: part for p, part in places.items() if p.parent == home}
    for name in KNOWN & named.keys():
        (folder / name).write_bytes(archive.read(named[name]))
    return list(named)
