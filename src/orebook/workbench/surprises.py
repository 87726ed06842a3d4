"""Changes that come by surprise: bans and delays, what goes, money that slips, emergencies. Nobody knows of them in week 1."""

from __future__ import annotations

from collections.abc import Iterable

from orebook.changes import Change, parse
from orebook.changes.change import Addition, CellChange, RowRemoval
from orebook.reading.numbers import is_number

KNOWN_AFTER = 2
"""The first week at whose start a surprise can be known."""
_GONE = frozenset({"houses", "offers", "sites", "releases"})
"""Tables of which a row that goes is a surprise."""
_MORE = frozenset({"withdrawals", "releases"})
"""Tables of which a row that comes is one."""
_MOVED = frozenset(
    {
        ("origins", "barred"),
        ("origins", "barred_from_week"),
        ("origins", "extra_lead_weeks"),
        ("offers", "to_week"),
    }
)
"""Cells that are, whatever they become. A release of other money is none: a budget that is cut scales all of them."""
_STOPPED = frozenset({("offers", "max_week_t"), ("sites", "inbound_t_per_week")})
"""Cells that are where they become 0."""


def usual_week(changes: Iterable[str]) -> int:
    """The week from which changes are known where nobody says: 2 where one of them comes by surprise, else 1."""
    return KNOWN_AFTER if any(_surprise(parse(text)) for text in changes) else 1


def _surprise(change: Change) -> bool:
    """An origin barred or later, an offer, house or store out, a release moved, a withdrawal more."""
    match change:
        case RowRemoval(_, table, _):
            return table in _GONE
        case Addition(_, table, cells):
            return table in _MORE or (table == "origins" and any((table, c) in _MOVED for c, _ in cells))
        case CellChange(_, table, _, column, value):
            return (table, column) in _MOVED or ((table, column) in _STOPPED and _zero(getattr(value, "text", None)))
    return False


def _zero(text: str | None) -> bool:
    return text is not None and is_number(text) and float(text) == 0
