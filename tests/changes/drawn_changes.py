"""Cells of a document and what may be written in them, drawn; and the document as files, some cells edited."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from orebook.changes.rows import key_text
from orebook.reading.book import numeric_columns
from orebook.reading.words import unit_of
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document

AMOUNTS = ("2", "1", "3.5", "0.25", "0", "120", "1e2", "none")
SMALL = ("1", "0", "0.5", "2", "none")
"""For weeks, counts and shares, most of which fit each of them."""


@dataclass(frozen=True)
class Cell:
    """A cell by the place of its row; `address` is how a change names it."""

    table: str
    place: int
    column: str
    address: str


def cells(document: Document, *, keys: bool) -> list[Cell]:
    """Every cell of the tables whose row a key names alone; those of the key itself only where asked.

    Prices of minerals are left out: they take other cells along.
    """
    return [
        Cell(table, place, column, f"{table}.{key_text(row)}.{column}")
        for table, model in TABLES.items()
        for place, row in enumerate(document.rows(table))
        for column in model.model_fields
        if "*" not in key_text(row) and (keys or column not in model.KEY)
        if (table, column) != ("minerals", "price_usd_per_t")
    ]


@st.composite
def edits(draw: st.DrawFn, document: Document, *, keys: bool = True) -> tuple[Cell, str]:
    """A cell and a text for it, of the right sort though it need not fit."""
    cell = draw(st.sampled_from(cells(document, keys=keys)))
    field = TABLES[cell.table].model_fields[cell.column]
    if cell.column in numeric_columns(TABLES[cell.table]):
        return cell, draw(st.sampled_from(SMALL if unit_of(field) in ("1", "week", "weeks", "houses") else AMOUNTS))
    there = sorted({_text(row, cell.column) for row in document.rows(cell.table)} - {""})
    return cell, draw(st.sampled_from([*there, "none", "x"]))


def write(folder: Path, document: Document, edited: Iterable[tuple[Cell, str]] = ()) -> Path:
    """The document as an instance folder, the texts of some cells replaced."""
    folder.mkdir()
    head = document.instance.model_dump(exclude_none=True)
    lines = [f"{key} = {json.dumps(value)}" for key, value in head.items()]
    (folder / "instance.toml").write_text("\n".join(lines), encoding="utf-8")
    texts = {(cell.table, cell.place, cell.column): "" if text == "none" else text for cell, text in edited}
    for table, model in TABLES.items():
        if getattr(document, table) is None:
            continue
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(model.model_fields)
            for place, row in enumerate(document.rows(table)):
                writer.writerow([texts.get((table, place, c), _text(row, c)) for c in model.model_fields])
    return folder


def _text(row: Row, column: str) -> str:
    cell: Any = getattr(row, column)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)
