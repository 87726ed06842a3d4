"""Tables with a column a house, a store or a mineral: each such column is figures of the one that its head names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orebook.importing.columns import Match, Seen, is_number
from orebook.importing.quantities import Unit

_FEW = 2
"""Columns from which on they are taken for one each; of prices one is enough, for its unit says what it is."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What the figures of such a column become, and which column of the table its head fills."""

    to: str
    by: str
    kind: str
    """Of the units that such a head may have."""
    lacking: tuple[str, ...]
    """Fields of which none may have a column of its own."""
    needs: tuple[str, ...]
    """Fields that must have one."""
    unit: bool = False
    """Whether the head must have a unit."""


_WAYS = {
    "offers": Apart("price_usd_per_t", "house", "money", ("house", "price_usd_per_t"), ("mineral",)),
    "stock": Apart("tonnes", "site", "mass", ("site", "tonnes"), ("mineral",)),
    "prices": Apart("price_usd_per_t", "mineral", "money", ("mineral", "price_usd_per_t"), ("week",), unit=True),
}
"""table -> how it may be spread over columns."""


def apart(table: str, columns: Sequence[Seen], found: Sequence[Match]) -> dict[int, dict[str, object]]:
    """Place of a column -> what it becomes, where a table is spread over columns; empty where it is not."""
    way, fields = _WAYS.get(table), {match.field for match in found}
    if way is None or fields & set(way.lacking) or not set(way.needs) <= fields:
        return {}
    taken = {match.head for match in found}
    free = [c for c in columns if c.head not in taken and c.part(is_number) > 0.5 and _goes(c.unit, way)]
    if len(free) < (1 if way.unit else _FEW):
        return {}
    names = _without_what_all_say([column.name_typed for column in free])
    return {
        column.head.place: {"to": way.to, "set": {way.by: name}, "unit": column.unit_text}
        for column, name in zip(free, names, strict=True)
    }


def _goes(unit: Unit | None, way: Apart) -> bool:
    if unit is None:
        return not way.unit
    return unit.kind == way.kind and (not way.unit or any(kind in ("mass", "contained") for kind, _ in unit.per))


def _without_what_all_say(names: list[str]) -> list[str]:
    """The names without the words that all of them begin with, such as `Unit price`."""
    words = [name.split() for name in names]
    same = 0
    while len(words) > 1 and all(len(w) > same + 1 for w in words) and len({w[same] for w in words}) == 1:
        same += 1
    return [" ".join(w[same:]) for w in words]
