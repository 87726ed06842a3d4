"""Quotes as offers: their names, the weeks in which they stand, and the offers that each becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orebook.importing.breaks import add_tiers, breaks_of, price_of_breaks, refuse_far_breaks
from orebook.importing.delivery import add_delivery, add_payment
from orebook.importing.figures import Cells, Figure
from orebook.importing.making import Making
from orebook.importing.mapping import BlockMap
from orebook.importing.monthly_caps import capped
from orebook.importing.rows import Read
from orebook.reading import letters
from orebook.schema.tables import OfferRow

_PRICED = {"price_usd_per_t", "premium_pct", "premium_usd_per_t"}


def add_offers(making: Making, rows: Iterable[Read], said: BlockMap) -> None:
    """The offers of a sheet of quotes. Rows of one offer that differ in where their price begins are its price breaks.

    A row without a price is left out, unless the sheet has no column for it, or one of the table's own, in which a blank
    means the benchmark.
    """
    must = any(c.to in _PRICED and head.casefold() != c.to for head, c in said.columns.items())
    for group in _grouped(rows):
        cells, at = dict(group[0].cells), group[0].at
        breaks = breaks_of(group)
        if "tier_from_t" in cells:
            cells.pop("price_usd_per_t", None)
        if not making.needs(cells, ("mineral", "house"), at, "offers"):
            continue
        if not _PRICED & cells.keys():
            price_of_breaks(cells, breaks)
        if must and not _PRICED & cells.keys():
            making.needs(cells, ("price_usd_per_t",), at, "offers")
            continue
        cells["offer"] = _name(making, cells, at)
        if not _stands(making, cells):
            continue
        add_delivery(making, cells)
        add_payment(making, cells)
        refuse_far_breaks(making, cells, breaks)
        for part in capped(making, cells):
            if "commission_pct" in part:
                quoted = (str(part["offer"].value), part["commission_pct"])
                making.commissions.setdefault(str(part["house"].value), []).append(quoted)
            making.add("offers", {c: f for c, f in part.items() if c in OfferRow.model_fields}, at)
            add_tiers(making, part, breaks, at)


def _grouped(rows: Iterable[Read]) -> list[list[Read]]:
    """Rows that are one offer: those of one name, or of one house, mineral and origin, that say where a price begins."""
    groups: dict[tuple[object, ...], list[Read]] = {}
    for n, row in enumerate(rows):
        key: tuple[object, ...] = (n,)
        if "tier_from_t" in row.cells:
            parts = (row.cells.get(c) for c in ("offer", "house", "mineral", "origin"))
            key = tuple(str(part.value) if part else "" for part in parts)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _name(making: Making, cells: Cells, at: str) -> Figure:
    """The offer's own name, else one of house, mineral and origin; a second one is numbered."""
    if "offer" in cells:
        return cells["offer"]
    parts = [cells[c] for c in ("house", "mineral", "origin") if c in cells]
    bare = name = "-".join(re.findall(r"\w+", letters.plain(" ".join(str(part.value) for part in parts))))
    n = 1
    while name in making.offer_names:
        n += 1
        name = f"{bare}-{n}"
    making.offer_names.add(name)
    return Figure(name, at, " ".join(part.typed for part in parts), ("of house, mineral and origin",))


def _stands(making: Making, cells: Cells) -> bool:
    """The weeks in which it stands, within the plan; an offer that has lapsed or opens after the plan is left out."""
    weeks = making.calendar.weeks if making.calendar else None
    first, last = cells.get("from_week"), cells.get("to_week")
    if last is not None and last.value < 1:
        says = "the quote has lapsed before week 1, and is left out of offers"
        making.notes.warn("row_left_out", last.cell, says, last.typed)
        return False
    if first is not None and weeks is not None and first.value > weeks:
        says = "the quote opens after the plan, and is left out of offers"
        making.notes.warn("row_left_out", first.cell, says, first.typed)
        return False
    if first is not None and first.value < 1:
        cells["from_week"] = first.then(1, "before the plan: week 1")
    if last is not None and weeks is not None and last.value > weeks:
        cells["to_week"] = last.then(weeks, "after the plan: its last week")
    return True
