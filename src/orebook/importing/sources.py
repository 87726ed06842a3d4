"""Where each figure of an imported instance came from: kept with it, and told of one figure at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from orebook.errors import InputError
from orebook.export.texts import cell_text
from orebook.importing.figures import tidy
from orebook.importing.making import Making, key_name
from orebook.reading import suggest
from orebook.reading.grid import read_grid
from orebook.reading.text import fault
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document

FOLDER = "import"
"""Of an instance's folder: the mapping it was made by, the sources of its figures, and what was said of them."""
SOURCES_FILE = f"{FOLDER}/sources.csv"


@dataclass(frozen=True, slots=True)
class Source:
    """A figure of an instance: its place, its value, the cell of the book, what is typed there, and how one became the other.

    >>> import orebook
    >>> imported = orebook.import_book({"Quotes": [["Supplier", "Metal", "Price (USD/kg)"], ["Traxys", "Tin", 30]]})
    >>> [source] = imported.trace("offers.traxys-tin.price_usd_per_t")
    >>> source.value, source.cell, source.typed, source.how
    ('30000', 'Quotes!C2', '30', 'x 1000 (USD/kg to USD/t)')
    """

    table: str
    key: str
    column: str
    value: str
    cell: str
    typed: str
    how: str

    @property
    def address(self) -> str:
        """The place as an address, such as `offers.a.price_usd_per_t`."""
        return f"{self.table}.{self.key}.{self.column}"

    def __str__(self) -> str:
        came = f"{self.cell}: {self.typed}" + (f"; {self.how}" if self.how else "")
        return f"{self.address} = {self.value}  <-  {came}"


def sources_of(making: Making, document: Document | None) -> tuple[Source, ...]:
    """The source of each figure that a book gave. What a change of the mapping made of it counts by the document."""
    stands = {(table, row.key()): row for table in TABLES for row in document.rows(table)} if document else {}
    found = []
    for table, rows in making.tables.items():
        for key, cells in rows.items():
            row = stands.get((table, tuple(tidy(part) for part in key)))
            name = key_name(table, key)
            for column, figure in cells.items():
                value, how = tidy(figure.value), "; ".join(figure.how)
                now = getattr(row, column) if row is not None else value
                if now != value:
                    how = "; ".join(filter(None, (how, f"{cell_text(value)} changed by the mapping")))
                found.append(Source(table, name, column, cell_text(now), figure.cell, figure.typed, how))
    told = {(source.table, source.key, source.column) for source in found}
    return (*found, *(s for s in _by_changes(making, stands.values()) if (s.table, s.key, s.column) not in told))


def _by_changes(making: Making, rows: Iterable[Row]) -> Iterator[Source]:
    """Figures that no cell gave, in tables that the book gave: changes of the mapping made them."""
    table_of = {model: table for table, model in TABLES.items()}
    for row in rows:
        table = table_of[type(row)]
        key = key_name(table, row.key())
        for column, field in type(row).model_fields.items() if making.rows(table) else ():
            value = getattr(row, column)
            if value != field.default:
                yield Source(table, key, column, cell_text(value), "mapping", cell_text(value), "by its changes")


def sources_text(sources: Iterable[Source]) -> str:
    """The file of them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Source)])
    writer.writerows(astuple(source) for source in sources)
    return text.getvalue()


def read_sources(folder: Path) -> tuple[Source, ...]:
    """The sources that are kept with an instance. Raises InputError where it was not imported."""
    path = folder / SOURCES_FILE
    if not path.is_file():
        says = f"has no {SOURCES_FILE}: it was not made by an import, so nothing is known of where its figures are from"
        raise InputError([fault(str(folder), None, "not_imported", says)])
    grid = read_grid(path, ",".join(field.name for field in fields(Source)))
    return tuple(Source(*map(str, cells)) for _, cells in grid.lines)


def traced(sources: Iterable[Source], address: str) -> list[Source]:
    """The sources that an address means; `*` is any part of a key, and an address without a column has all of the row.

    Raises InputError for one that means none.
    """
    sources = list(sources)
    table, _, rest = address.strip().partition(".")
    if table not in TABLES:
        says = f"is no table; {suggest.mend(table, {source.table for source in sources})}"
        raise InputError([fault(address, None, "no_table", says)])
    key, _, column = rest.rpartition(".")
    if not key or column not in TABLES[table].model_fields:
        key, column = rest, ""
    parts = [part.strip() for part in key.split("/")]
    of_table = [source for source in sources if source.table == table]
    of_row = [s for s in of_table if _means(parts, s.key.split("/"))]
    if not of_row:
        says = f'the book gave no row "{key}" of {table}; {suggest.mend(key, {s.key for s in of_table})}'
        raise InputError([fault(address, None, "no_row", says)])
    found = [source for source in of_row if column in ("", source.column)]
    if not found:
        given = ", ".join(dict.fromkeys(source.column for source in of_row))
        says = f"the book says nothing of {column}, which stands at its default; it gave {given}"
        raise InputError([fault(address, None, "no_source", says)])
    return found


def _means(parts: list[str], key: list[str]) -> bool:
    return len(parts) == len(key) and all(part in ("*", own) for part, own in zip(parts, key, strict=True))


def changed_since(sources: Iterable[Source], document: Document) -> Iterator[str]:
    """What of an imported instance is another figure now than the import wrote, in words; rows that came or went too."""
    told = {(source.table, source.key, source.column): source.value for source in sources}
    tables = {source.table for source in sources}
    rows = {(table, key_name(table, row.key())): row for table in tables for row in document.rows(table)}
    for table, key in dict.fromkeys((source.table, source.key) for source in sources):
        if (table, key) not in rows:
            yield f"{table}.{key} is gone"
    for (table, key), row in rows.items():
        if not any((table, key, column) in told for column in type(row).model_fields):
            yield f"{table}.{key} is new"
            continue
        for column, field in type(row).model_fields.items():
            value = getattr(row, column)
            was = told.get((table, key, column), cell_text(field.default))
            if cell_text(value) != was:
                yield f"{table}.{key}.{column} is {cell_text(value) or 'blank'}, and was {was or 'blank'}"
