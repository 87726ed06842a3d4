"""What a table's cell is as text, and which texts no file can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from orebook.errors import WriteError
from orebook.reading.numbers import text_of_number
from orebook.schema.document import TABLES, Document

MAX_CELL_CHARACTERS = 32_767
"""Characters that a cell of a workbook holds."""

_LOST = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|x005F_")
"""Control characters, which XML forbids or changes, and the mark of an escaped one, which readers take out."""


def cell_text(value: Any) -> str:
    """A value as a CSV cell has it: blank for none, yes or no, a number in full."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text_of_number(value) if isinstance(value, int | float) else str(value)


def held_text(text: str) -> str:
    """As much of a text as a cell holds, `?` for what none can: for a report, which nothing reads back."""
    return _LOST.sub("?", text)[:MAX_CELL_CHARACTERS]


def refuse_lost(document: Document) -> None:
    """Raises WriteError where a text would not be read back as it is."""
    for table, _, column, value, what in lost_texts(document):
        raise WriteError(f"{table}.{column}: {value[:40]!r} {what}")


def lost_texts(document: Document) -> Iterator[tuple[str, int | None, str, str, str]]:
    """Texts that would not be read back as they are: table, row as a file counts it, column, text, and what is wrong."""
    rows: list[tuple[str, int | None, BaseModel]] = [("instance", None, document.instance)]
    rows += [(table, line, row) for table in TABLES for line, row in enumerate(document.rows(table), 2)]
    for table, line, row in rows:
        for column, value in row:
            if not isinstance(value, str):
                continue
            if len(value) > MAX_CELL_CHARACTERS:
                yield table, line, column, value, "is too long for a cell"
            elif _LOST.search(value):
                yield table, line, column, value, "holds a character that no cell can hold"
