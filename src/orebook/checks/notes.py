"""Rows that are none: a note under the table, or its heads once more."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.filler_words import is_note
from orebook.reading.quoting import an, shown
from orebook.schema.base import Row


def note_row(book: Book) -> Iterator[Finding]:
    """A row with nothing but a sentence in it, or with the heads of the table."""
    for sheet in book.sheets.values():
        model: type[Row] = sheet.model
        label = model.KEY[0]
        defaults = {c: field.default for c, field in model.model_fields.items()}
        for entry in sheet.entries:
            name = entry.cells.get(label)
            filled = {c: cell for c, cell in entry.cells.items() if cell != defaults[c]}
            if not isinstance(name, str) or not filled:
                continue
            counts = f"and would count as {an(label)} of its own"
            if all(cell == column for column, cell in filled.items()) and len(sheet.entries) > 1:
                says = f"the row repeats the heads, {counts}; take it out"
                yield sheet.warning("note_row", entry, label, says)
            elif len(filled) == 1 and is_note(name):
                says = f"{shown(name)} reads like a note, {counts}; take the row out"
                yield sheet.warning("note_row", entry, label, says)
