"""Taking rows out, and with them the rows that mean nothing without them."""

from __future__ import annotations

from collections.abc import Iterable

from orebook.checks.references import REFERENCES
from orebook.schema import tables as t
from orebook.schema.base import Row
from orebook.schema.document import TABLES, Document

_TABLE_OF = {model: table for table, model in TABLES.items()}
_OWNERS: tuple[type[Row], ...] = (t.MineralRow, t.HouseRow, t.OfferRow, t.FutureRow)
_BELONGS = (
    *((_TABLE_OF[model], column, _TABLE_OF[owner]) for model, column, owner in REFERENCES if owner in _OWNERS),
    ("shares", "name", "houses"),
)
"""(table, its column, the table whose row it goes with)."""


def without(document: Document, table: str, rows: Iterable[Row]) -> Document:
    """The document without these rows of a table, and without what belongs to them.

    A house takes its offers and its shares along, an offer its tiers, a mineral every row that names it, a future its
    changes; a row for all (`*`) stays. The prior plan stays whole: what was planned was planned, and a ticket of it
    that can no longer be placed counts as a change. A store or an origin takes nothing along: whether what lies in a
    store is lost or moved, and whether an origin's offers go or only pay another duty, is for other changes to say.

    A table that loses its last row is there, and empty, as if its file held only the header: without a row in
    `releases` no money comes free, without one in `funding` none can be drawn, without one in `sites` there is no
    store. That is not what a missing table means.
    """
    gone = {row.key() for row in rows}
    kept = tuple(row for row in document.rows(table) if row.key() not in gone)
    document = document.model_copy(update={table: kept})
    names = {key[0] for key in gone}
    for other, column, owner in _BELONGS:
        if owner == table:
            going = [row for row in document.rows(other) if getattr(row, column) in names and _belongs(row, owner)]
            document = without(document, other, going) if going else document
    return document


def _belongs(row: Row, owner: str) -> bool:
    """A share by origin or group may bear the name of a house, and is none of its own."""
    return owner != "houses" or not isinstance(row, t.ShareRow) or row.by == "house"
