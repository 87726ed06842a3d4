"""Changes, as they are typed, that make pieces of an instance what they were in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.changes import changed
from orebook.changes.change import Key
from orebook.changes.rows import EVERY, key_text, matching, whole_key
from orebook.errors import InputError
from orebook.explanations.diff.cell_changes import PRICE, CellDiff, pieces
from orebook.problem import Problem
from orebook.reading.numbers import text_of_number
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document

OWNERS = ("minerals", "houses", "offers")
"""Tables whose rows take others along when they are taken out."""
MEANT = ("sites", "funding", "releases")
"""Tables that mean something else when they are missing than when they are empty."""


def undo(old: Problem, new: Problem, group: Sequence[CellDiff]) -> tuple[str, ...] | None:
    """The changes of the new instance that undo these pieces and nothing else; None where no changes do."""
    before, after = old.document, new.document
    texts = tuple(dict.fromkeys(_texts(before, after, group)))
    try:
        undone = changed(new, texts).document
    except InputError:
        return None
    same = all((getattr(undone, t) is None) == (getattr(before, t) is None) for t in MEANT if _of(group, t))
    left = set(pieces(before, after)) - set(group)
    return texts if same and _plain(pieces(before, undone)) == _plain(left) else None


def value_text(value: object) -> str:
    """A cell as a change writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text_of_number(value) if isinstance(value, int | float) else str(value)


def _texts(before: Document, after: Document, group: Sequence[CellDiff]) -> Iterator[str]:
    came = next((t for t in OWNERS if any(p.table == t and p.old is None for p in group)), None)
    if came is not None:  # it takes its rows along
        yield from (f"{came}.{key_text(p.now)}=none" for p in group if p.table == came and p.now is not None)
        return
    tables = list(TABLES)
    for piece in sorted(group, key=lambda p: tables.index(p.table)):
        yield from _of_piece(before, after, piece)


def _of_piece(before: Document, after: Document, piece: CellDiff) -> Iterator[str]:
    table = piece.table
    if piece.now is None and piece.old is not None:
        yield _addition(table, piece.old)
    elif piece.old is None and piece.now is not None:
        yield f"{table}.{key_text(piece.now)}=none"
        yield from (_addition(table, row) for row in _swept(after, table, piece.now))
    elif piece.column is not None and piece.old is not None and piece.now is not None:
        yield from _cell(table, piece.old, piece.column)
        for row in _swept(after, table, piece.now):
            yield from _cell(table, row, piece.column)
        if (table, piece.column) == ("minerals", PRICE):  # its rows in prices.csv followed, and have to be put back
            there = {row.key() for row in after.rows("prices")}
            for row in before.rows("prices"):
                if row.key() in there and row.key()[0] == piece.key[0]:
                    yield from _cell("prices", row, PRICE)


def _cell(table: str, row: Row, column: str) -> Iterator[str]:
    """The changes that write a row's cell; one with a sign would be relative, so that it goes by way of 0."""
    value = getattr(row, column)
    address = f"{table}.{key_text(row)}.{column}"
    if isinstance(value, int | float) and value < 0:
        yield f"{address}=0"
    yield f"{address}={value_text(value)}"


def _addition(table: str, row: Row) -> str:
    cells = {c: getattr(row, c) for c in type(row).model_fields}
    return f"{table}+=" + ",".join(f"{c}:{value_text(v)}" for c, v in cells.items() if v is not None)


def _swept(document: Document, table: str, row: Row) -> list[Row]:
    """The other rows that the row's address means too, as a `*` in it stands for every value."""
    key = key_text(row)
    if EVERY not in key.split("/"):
        return []
    listed = document.rows(table)
    meant = Key(whole_key(table, tuple(key.split("/"))))
    return [listed[k] for k in matching(document, table, meant) if listed[k].key() != row.key()]


def _of(group: Sequence[CellDiff], table: str) -> bool:
    return any(p.table == table for p in group)


def _plain(found: Iterator[CellDiff] | set[CellDiff]) -> set[tuple[object, ...]]:
    """Pieces by what has to be the same of them: where they are, and what was there before."""
    return {(p.table, p.key, p.column, None if p.old is None else p.old.model_dump_json()) for p in found}
