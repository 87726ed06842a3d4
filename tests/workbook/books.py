"""Workbooks to try: the good instance as one, and edits of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from orebook.export import workbook_of
from orebook.files.instances import read
from orebook.problem import Problem
from tests.broken.good import write

Edit = Callable[[Workbook], object]


@cache
def good() -> Problem:
    """The good instance, read from its folder."""
    with TemporaryDirectory() as folder:
        return read(write(Path(folder)))


@cache
def good_bytes() -> bytes:
    """The good instance as a workbook."""
    return workbook_of(good().document)


def edited(path: Path, edit: Edit | Mapping[str, Any]) -> Path:
    """The good workbook at that path with one edit: a function, or cells (`Offers!E3`) with what is typed into them."""
    book = openpyxl.load_workbook(BytesIO(good_bytes()))
    if callable(edit):
        edit(book)
    else:
        for place, value in edit.items():
            sheet, cell = place.split("!")
            book[sheet][cell].value = value
    book.save(path)
    return path


def spliced(path: Path, place: str, xml: str) -> Path:
    """The good workbook with a cell's content as XML, for what openpyxl does not write, such as a formula's value."""
    title, cell = place.split("!")
    with zipfile.ZipFile(BytesIO(good_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        number = openpyxl.load_workbook(BytesIO(good_bytes())).sheetnames.index(title) + 1
        for part in old.infolist():
            data = old.read(part).decode("utf-8", "surrogateescape")
            if part.filename == f"xl/worksheets/sheet{number}.xml":
                before, rest = data.split(f'<c r="{cell}"', 1)
                end = rest.index("/>") + 2 if rest.index("/>") < rest.index(">") else rest.index("</c>") + 4
                data = before + xml.replace("<c", f'<c r="{cell}"', 1) + rest[end:]
            new.writestr(part, data.encode("utf-8", "surrogateescape"))
    return path
