"""Marks on inputs, which must name inputs that there are."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import Book
from orebook.schema.document import TABLES, assumed_inputs
from orebook.schema.head import Head


def unknown_input(book: Book) -> Iterator[Finding]:
    """A table or column marked as assumed that there is none of."""
    columns = {f"{table}.{column}" for table, model in TABLES.items() for column in model.model_fields}
    known = {*TABLES, *columns, *(f"instance.{key}" for key in Head.model_fields)}
    for name in assumed_inputs(book.head.assumed) if book.head else ():
        if name not in known:
            says = f'"{name}" is no table and no column; {suggest.mend(name, known)}'
            yield book.head_fault("unknown_input", "assumed", says)
