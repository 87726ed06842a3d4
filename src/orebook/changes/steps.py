"""One change made to a document."""

from __future__ import annotations

from orebook.changes.cells import with_value
from orebook.changes.change import Addition, CellChange, Change, HeadChange, Key, RowRemoval, RuleOff
from orebook.changes.refusal import fault, refused
from orebook.changes.removal import without
from orebook.changes.rows import EVERY, key_text, matching, names_nothing
from orebook.changes.values import Plain, Relative
from orebook.errors import InputError
from orebook.exact import exact
from orebook.reading.cells import typed
from orebook.schema.document import TABLES, Document
from orebook.schema.tables import MineralRow


def step(document: Document, change: Change) -> Document:
    """The document with one change made, not checked yet."""
    match change:
        case HeadChange(text, column, value):
            return document.model_copy(update={"instance": with_value(text, document.instance, column, value)})
        case CellChange():
            return _cells(document, change)
        case RowRemoval(text, table, rows):
            listed = document.rows(table)
            return without(document, table, [listed[k] for k in _found(document, text, table, rows)])
        case Addition():
            return _added(document, change)
        case RuleOff():
            return document


def _found(document: Document, text: str, table: str, rows: Key) -> list[int]:
    places = matching(document, table, rows)
    if not places:
        raise names_nothing(text, document, table, rows)
    return places


def _cells(document: Document, change: CellChange) -> Document:
    table, rows = change.table, list(document.rows(change.table))
    places = matching(document, table, change.rows)
    if not places:
        if (removal := _as_removal(change)) and matching(document, table, removal.rows):
            return step(document, removal)
        raise names_nothing(change.text, document, table, change.rows)
    one = isinstance(change.rows, Key) and EVERY not in change.rows.parts
    for k in places:
        place = "" if one else f"at {table}.{key_text(rows[k])}, "
        old, rows[k] = rows[k], with_value(change.text, rows[k], change.column, change.value, place)
        if isinstance(old, MineralRow) and change.column == "price_usd_per_t":
            document = _prices_follow(document, change.text, old, rows[k].price_usd_per_t)
    return document.model_copy(update={table: tuple(rows)})


def _as_removal(change: CellChange) -> RowRemoval | None:
    """What `offers.a.lot_t=none` means where the offer is called `a.lot_t`."""
    if change.value != Plain(None) or not isinstance(change.rows, Key):
        return None
    *parts, last = change.rows.parts
    return RowRemoval(change.text, change.table, Key((*parts, f"{last}.{change.column}")))


def _prices_follow(document: Document, text: str, old: MineralRow, new: float) -> Document:
    """The mineral's rows in prices.csv times new / old, so that its price moves as one."""
    prices = list(document.rows("prices"))
    places = [k for k, row in enumerate(prices) if row.mineral == old.mineral]
    if not places or new == old.price_usd_per_t:
        return document
    if old.price_usd_per_t == 0:
        says = (
            f"rises from 0, so its rows in prices.csv cannot follow; take them out first: prices.{old.mineral}/*=none"
        )
        raise refused(text, "price_from_zero", f'the price of "{old.mineral}" {says}', new)
    follow = Relative(exact(new) / exact(old.price_usd_per_t), exact(0))
    for k in places:
        place = f"at prices.{key_text(prices[k])}, "
        prices[k] = with_value(text, prices[k], "price_usd_per_t", follow, place)
    return document.model_copy(update={"prices": tuple(prices)})


def _added(document: Document, change: Addition) -> Document:
    text, table = change.text, change.table
    row, wrong = typed(TABLES[table], {c: cell for c, cell in change.cells if cell is not None})
    if row is None:
        cells = dict(change.cells)
        raise InputError([fault(text, said.check, said.message, cells.get(c), c) for c, said in wrong.items()])
    key = row.key()
    if any(other.key() == key for other in document.rows(table)):
        says = f"is in {table}.csv already; change that row, or take it out first"
        raise refused(text, "duplicate_key", f'"{key_text(row)}" {says}')
    return document.model_copy(update={table: (*document.rows(table), row)})
