"""Names that look the same and are not, and words that stand for no name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from orebook.findings import Finding
from orebook.reading import letters
from orebook.reading.book import Book, Entry, Sheet
from orebook.reading.filler_words import is_placeholder
from orebook.reading.quoting import an
from orebook.schema import tables as t
from orebook.schema.base import Row

Columns = tuple[tuple[type[Row], str], ...]
NAME_COLUMNS: dict[str, Columns] = {
    "mineral": ((t.MineralRow, "mineral"),),
    "house": ((t.HouseRow, "house"),),
    "offer": ((t.OfferRow, "offer"),),
    "place": (
        (t.OriginRow, "origin"),
        (t.OriginRow, "group"),
        (t.OfferRow, "origin"),
        (t.DutyRow, "origin"),
        (t.FloorRow, "origin"),
    ),
    "site": ((t.SiteRow, "site"),),
    "source": ((t.FundingRow, "source"),),
    "member": (
        (t.UseRow, "member"),
        (t.MemberRow, "member"),
        (t.WithdrawalRow, "member"),
        (t.EntitlementRow, "member"),
    ),
    "withdrawal": ((t.WithdrawalRow, "withdrawal"),),
    "storage class": ((t.MineralRow, "storage_class"),),
}
"""Names that tables bring in, by what they name. Where the first table is there, the columns of others refer to it."""
_CODE = 2
"""So many letters has a code of a country or an element, at most: NA is Namibia, and sodium."""

Named = tuple[str, Sheet[Any], Entry[Any], str]


def names_alike(book: Book) -> Iterator[Finding]:
    """Two names that differ in case, blanks, width or look-alike letters alone."""
    for columns in NAME_COLUMNS.values():
        for seen_as in (letters.look, letters.strokes):
            yield from _alike(book, columns, seen_as)


def _alike(book: Book, columns: Columns, seen_as: Callable[[str], str]) -> Iterator[Finding]:
    first: dict[str, Named] = {}
    said = set[str]()
    for named in _names(book, columns):
        name, sheet, entry, column = named
        before = first.setdefault(seen_as(name), named)
        if before[0] == name or name in said:
            continue
        said.add(name)
        where = f"row {before[2].line}" if before[1] is sheet else f"{before[1].file}:{before[2].line}"
        differs = letters.difference(name, before[0])
        how = f": {differs}" if differs else ", and is another name"
        says = f'"{name}" looks like "{before[0]}" of {where}{how}; write both the same, or tell them apart'
        yield sheet.warning("names_alike", entry, column, says)


def mixed_letters(book: Book) -> Iterator[Finding]:
    """A letter of another alphabet that looks Latin, among Latin ones."""
    for columns in NAME_COLUMNS.values():
        said = set[str]()
        for name, sheet, entry, column in _names(book, columns):
            place = letters.mixed(name)
            if place is not None and name not in said:
                said.add(name)
                which = f"{letters.called(name[place])} as its {letters.ordinal(place + 1)} letter"
                says = f'"{name}" has {which}, among Latin ones; type the name again'
                yield sheet.warning("mixed_letters", entry, column, says)


def placeholder_name(book: Book) -> Iterator[Finding]:
    """A word that fills a blank, such as TBC or NULL, where a name should be."""
    for kind, columns in NAME_COLUMNS.items():
        names = list(_names(book, columns))
        others = {name for name, *_ in names if not is_placeholder(name)}
        codes = bool(others) and max(map(len, others)) <= _CODE
        numbers = bool(others) and all(name.isdigit() for name in others)
        for name, sheet, entry, column in names:
            if not is_placeholder(name) or (codes and name.isalpha()) or (numbers and name.isdigit()):
                continue
            blank = "" if sheet.model.model_fields[column].is_required() else ", or leave the cell blank"
            says = f'"{name}" would count as the name of {an(kind)}; write its name{blank}'
            yield sheet.warning("placeholder_name", entry, column, says)


def _names(book: Book, columns: Columns) -> Iterator[Named]:
    """The names in these columns; those that another check holds against the first table are left out."""
    listed = columns[0][0]
    for model, column in columns:
        sheet = book.sheet(model)
        if model is listed or listed is t.UseRow or not book.sheet(listed).present:  # who uses nothing may draw
            for entry in sheet.entries:
                name = entry.cells.get(column)
                if isinstance(name, str) and name.strip():
                    yield name.strip(), sheet, entry, column
