"""An instance as the files of its folder."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from orebook.export.texts import cell_text, refuse_lost
from orebook.reading.book import HEAD_FILE, file_of
from orebook.schema.document import TABLES, Document
from orebook.schema.head import Head


def files_of(document: Document) -> dict[str, str]:
    """The files by name; a table that the document lacks has none. Raises WriteError for what no file can hold."""
    refuse_lost(document)
    tables = {
        file_of(table): _csv(list(model.model_fields), getattr(document, table))
        for table, model in TABLES.items()
        if getattr(document, table) is not None
    }
    return {HEAD_FILE: _toml(document.instance), **tables}


def _csv(columns: list[str], rows: tuple[Any, ...]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_text(getattr(row, column)) for column in columns] for row in rows)
    return text.getvalue()


def _toml(head: Head) -> str:
    values = {key: value for key, value in head if value is not None}
    lines = [
        # a string, or true, of JSON is one of TOML too; a date stands as it is
        f"{key} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else cell_text(value)}"
        for key, value in values.items()
    ]
    return "\n".join(lines) + "\n"
