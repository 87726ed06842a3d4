"""Which rows of a document an address means, and what was probably meant where it means none."""

from __future__ import annotations

from typing import Any

from orebook.changes.change import Key, Where
from orebook.changes.refusal import refused
from orebook.errors import InputError
from orebook.reading import suggest
from orebook.reading.book import file_of
from orebook.reading.numbers import is_number
from orebook.reading.quoting import plain
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document

EVERY = "*"


def matching(document: Document, table: str, rows: Key | Where) -> list[int]:
    """The places in the table of the rows that are meant."""
    return [k for k, row in enumerate(document.rows(table)) if _meant(row, rows)]


def _meant(row: Row, rows: Key | Where) -> bool:
    if isinstance(rows, Where):
        return _holds(getattr(row, rows.column), rows.value)
    return all(part == EVERY or _holds(cell, part or None) for cell, part in zip(row.key(), rows.parts, strict=True))


def _holds(cell: object, typed: str | None) -> bool:
    """Whether a cell holds what was typed: numbers by what they are worth, all else by its letters."""
    if cell is None or typed is None:
        return cell is None and typed is None
    if isinstance(cell, bool):
        return typed.lower() == _plain(cell)
    if isinstance(cell, int | float):
        return is_number(typed) and float(typed) == cell
    return cell == typed


def key_text(row: Row) -> str:
    """The row's key as an address has it, a blank part empty; last parts that are as they are by default left out."""
    return "/".join(_plain(part) for part in row.shortened(row.key()))


def whole_key(table: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """A part a column of the key, as far as those that are left out have a default."""
    model = TABLES[table]
    missing, usual = len(model.KEY) - len(parts), tuple(map(_plain, model.key_defaults()))
    return (*parts, *usual[-missing:]) if 0 < missing <= len(usual) else parts


def names_nothing(text: str, document: Document, table: str, rows: Key | Where) -> InputError:
    """The error of an address that means no row, with the nearest that is there."""
    file, listed = file_of(table), document.rows(table)
    if not listed:
        example = ",".join(f"{c}:VALUE" for c, field in TABLES[table].model_fields.items() if field.is_required())
        return refused(text, "no_row", f"{file} has no rows; add one with {table}+={example}")
    typed = rows.parts if isinstance(rows, Key) else (rows.value or "",)
    columns = TABLES[table].KEY if isinstance(rows, Key) else (rows.column,)
    for column, part in zip(columns, typed, strict=True):
        known = {_plain(getattr(row, column)) for row in listed}
        if part not in (EVERY, "") and EVERY in part:
            says = f'"{part}" mixes * with letters; write * alone, or pick rows by {table}[COLUMN=VALUE].COLUMN=VALUE'
            return refused(text, "no_row", says, part)
        if part != EVERY and not any(_holds(getattr(row, column), part or None) for row in listed):
            held = f'{column} "{part}"' if part else f"a blank {column}"
            return refused(text, "no_row", f"no row of {file} has {held}; {_mend(table, part, known)}", part)
    keys = [key_text(row) for row in listed]
    return refused(text, "no_row", f'no row of {file} is "{"/".join(typed)}"; {suggest.mend("/".join(typed), keys)}')


def _mend(table: str, part: str, known: set[str]) -> str:
    """What to write instead of a part of a key; the last dot may part a row that is there from a column that is not."""
    row, _, column = part.rpartition(".")
    like = suggest.nearest(column, TABLES[table].model_fields) if row in known else None
    if like:
        return f'did you mean the column "{like}" of "{row}"?'
    return suggest.mend(part, known - {""}) if part else "every row has one"


def _plain(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else plain(cell)
