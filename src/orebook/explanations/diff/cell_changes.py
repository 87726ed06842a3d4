"""Where two documents differ: rows that came or went, and cells of rows that are in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orebook.schema.base import Row
from orebook.schema.document import PLANLESS, TABLES, Document

PRICE = "price_usd_per_t"


@dataclass(frozen=True, slots=True)
class CellDiff:
    """A row that is in one document only, or a column in which a row differs."""

    table: str
    key: tuple[Any, ...]
    old: Row | None
    now: Row | None
    column: str | None = None


def pieces(old: Document, new: Document) -> Iterator[CellDiff]:
    """Every difference of their tables, table by table."""
    for table in (t for t in TABLES if t not in PLANLESS):
        before, after = ({r.key(): r for r in d.rows(table)} for d in (old, new))
        for key in sorted({*before, *after}, key=str):
            was, now = before.get(key), after.get(key)
            if was is None or now is None:
                yield CellDiff(table, key, was, now)
            elif was != now:
                differ = [c for c in type(now).model_fields if getattr(was, c) != getattr(now, c)]
                yield from (CellDiff(table, key, was, now, column) for column in differ)


def group_of(piece: CellDiff, old: Document, new: Document) -> str:
    """What a planner would call the input that a piece is of; rows without an owner in both belong to their owner."""
    cells = _cells(piece, old, new)
    for column in ("mineral", "house", "offer"):
        owned = _names(old, column) ^ _names(new, column)
        if cells.get(column) in owned:
            return f"{column} {cells[column]}"
    if piece.table == "prices" or (piece.table == "minerals" and piece.column == PRICE):
        return f"price of {cells['mineral']}"
    if piece.table in ("use", "stock", "inbound", "targets"):
        return f"{piece.table} of {cells['mineral']}"
    if piece.table in ("releases", "prior"):
        return piece.table
    if piece.table in ("offers", "tiers"):
        return f"offer {cells['offer']}"
    address = "/".join("" if part is None else str(part) for part in piece.key)
    return f"{piece.table}.{address}" + (f".{piece.column}" if piece.table == "minerals" else "")


def minerals_of(piece: CellDiff, old: Document, new: Document) -> frozenset[str] | None:
    """The minerals that a piece speaks of; None where it is all of them."""
    cells = _cells(piece, old, new)
    if "mineral" in cells:
        return None if cells["mineral"] == "*" else frozenset({cells["mineral"]})
    column = {"houses": "house", "origins": "origin"}.get(piece.table)
    offers = [*old.offers, *new.offers]
    return frozenset(o.mineral for o in offers if getattr(o, column) == cells[column]) if column else None


def _cells(piece: CellDiff, old: Document, new: Document) -> dict[str, Any]:
    """The cells of a piece's row, with the mineral and house of its offer, and the house that a share is of."""
    cells = dict(piece.old or piece.now or ())
    if piece.table == "tiers":
        offer = next(o for o in (*old.offers, *new.offers) if o.offer == cells["offer"])
        cells |= {"mineral": offer.mineral, "house": offer.house}
    if cells.get("by") == "house":
        cells["house"] = cells["name"]
    return cells


def _names(document: Document, column: str) -> set[str]:
    return {getattr(row, column) for row in document.rows({"mineral": "minerals"}.get(column, f"{column}s"))}
