"""What no future may change: it is settled before anybody knows which future comes, or the same in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orebook.changes.change import Addition, CellChange, Change, HeadChange, Key, RowRemoval, RuleOff
from orebook.changes.refusal import fault
from orebook.changes.rows import EVERY, matching
from orebook.findings import Finding
from orebook.reading.numbers import is_number
from orebook.schema.document import TABLES, Document

_HEAD = ("name", "start", "weeks", "frozen_weeks")
_TABLES: Mapping[str, str] = {
    "prior": "the prior plan is the same in every future; take the change out",
    "futures": "a future changes no futures; take the change out",
    "future_changes": "a future changes no futures; take the change out",
    "hazards": "a future changes no hazards; take the change out",
}
_COLUMNS: Mapping[tuple[str, str], str] = {
    **dict.fromkeys(
        (("offers", "house"), ("offers", "mineral"), ("offers", "origin")),
        "an offer has one house, mineral and origin in every future; stop it with max_week_t=0 and add another",
    ),
    ("funding", "drawn_usd"): "what was drawn before week 1 is the same in every future; change limit_usd",
}
"""(table, column) -> why it stays, and what to do instead."""
_STOCK = "what is in store before week 1 is the same in every future; write store_lost(site=NAME), or add a withdrawal"
_MINERAL = "a mineral stays in every future; stop its offers with offers[mineral=NAME].max_week_t=0"
_RELEASES = "the instance has no releases.csv, so its money is free from week 1; list the releases there first"


def why_settled(base: Document, now: Document, change: Change, known: int | None) -> Iterator[Finding]:
    """Why a change may not be made in a future of the instance `base`, on what it is `now`; nothing where it may.

    `known` is the first week that may differ: a change that names one row of a week before it is refused; None asks none.
    """
    says = _settled(base, change) or (known and _too_early(now, change, known))
    if says:
        yield fault(change.text, "settled", says)


def _settled(base: Document, change: Change) -> str | None:
    match change:
        case HeadChange(_, column, _):
            return f"{column} is the same in every future; change it in the instance" if column in _HEAD else None
        case RuleOff():
            return "the rules are the same in every future; take the change out"
        case RowRemoval(_, "minerals", _):
            return _MINERAL
        case CellChange(_, "stock", _, _, _) | Addition(_, "stock", _):
            return _STOCK
        case CellChange(_, table, _, column, _) if (table, column) in _COLUMNS:
            return _COLUMNS[table, column]
        case Addition() if says := _again(base, change):
            return says
    if change.table == "releases" and base.releases is None:
        return _RELEASES
    return _TABLES.get(change.table)


def _again(base: Document, change: Addition) -> str | None:
    """Why a row that was taken out may not come back as another: what stays by column stays."""
    cells = dict(change.cells)
    places = matching(base, change.table, Key(tuple(cells.get(c) or "" for c in TABLES[change.table].KEY)))
    for (table, column), says in _COLUMNS.items():
        if table == change.table and places:
            was = getattr(base.rows(table)[places[0]], column)
            typed = cells.get(column)
            number = float(typed) if typed and is_number(typed) else 0.0
            if (number if isinstance(was, float) else typed) != was:
                return says
    return None


def _too_early(now: Document, change: Change, known: int) -> str | None:
    """Why a row that is named by itself is settled: it is of a week before the one in which the future is known."""
    weeks: list[int] = []
    if isinstance(change, CellChange | RowRemoval) and isinstance(change.rows, Key) and EVERY not in change.rows.parts:
        rows = now.rows(change.table)
        weeks = [getattr(rows[k], "week", known) for k in matching(now, change.table, change.rows)]
    value = dict(change.cells).get("week") if isinstance(change, Addition) else _new_week(change)
    weeks += [int(value)] if value and value.isdecimal() else []
    early = min(weeks, default=known)
    if early >= known:
        return None
    return f"week {early} is before week {known}, in which the future is known; write week {known} or a later one"


def _new_week(change: Change) -> str | None:
    """The week that a cell of weeks is to hold."""
    if isinstance(change, CellChange) and change.column == "week":
        return getattr(change.value, "text", None)
    return None
