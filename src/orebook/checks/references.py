"""Names that must stand in another table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import Book
from orebook.schema import tables as t
from orebook.schema.base import Row
from orebook.schema.conversion_row import ConversionRow

REFERENCES: tuple[tuple[type[Row], str, type[Row]], ...] = (
    (t.UseRow, "mineral", t.MineralRow),
    (t.OfferRow, "house", t.HouseRow),
    (t.OfferRow, "mineral", t.MineralRow),
    (t.TierRow, "offer", t.OfferRow),
    (t.PriceRow, "mineral", t.MineralRow),
    (t.DutyRow, "mineral", t.MineralRow),
    (t.FloorRow, "mineral", t.MineralRow),
    (t.ShareRow, "mineral", t.MineralRow),
    (t.StockRow, "mineral", t.MineralRow),
    (t.StockRow, "site", t.SiteRow),
    (t.InboundRow, "mineral", t.MineralRow),
    (t.InboundRow, "site", t.SiteRow),
    (t.TargetRow, "mineral", t.MineralRow),
    (t.WithdrawalRow, "mineral", t.MineralRow),
    (t.EntitlementRow, "mineral", t.MineralRow),
    (t.OwedRow, "mineral", t.MineralRow),
    (t.OwedRow, "site", t.SiteRow),
    (t.BidRow, "house", t.HouseRow),
    (t.BidRow, "mineral", t.MineralRow),
    (ConversionRow, "from", t.MineralRow),
    (ConversionRow, "to", t.MineralRow),
    (t.SubstituteRow, "mineral", t.MineralRow),
    (t.SubstituteRow, "by", t.MineralRow),
    (t.VolatilityRow, "mineral", t.MineralRow),
    (t.CorrelationRow, "mineral", t.MineralRow),
    (t.CorrelationRow, "other", t.MineralRow),
    (t.FutureChangeRow, "future", t.FutureRow),
)
"""(table, its column, the table whose key the column names); a literal * stands for all."""

_STANDS_FOR_IT: dict[type[Row], list[str]] = {t.SiteRow: ["store"], t.FutureRow: []}
"""Tables that may be missing -> the names that there are then."""


def unknown_name(book: Book) -> Iterator[Finding]:
    """A name that the table it refers to does not have."""
    for model, column, referred in REFERENCES:
        sheet, target = book.sheet(model), book.sheet(referred)
        known = target.names(target.model.KEY[0]) if target.present else _STANDS_FOR_IT.get(referred, [])
        if not target.readable or (not known and referred not in _STANDS_FOR_IT):
            continue  # what is wrong with that table is said already
        suggested = suggest.Suggestions(known)
        for entry in sheet.entries:
            name = entry.cells.get(column)
            if name is not None and name != "*" and name not in suggested.known:
                mend = suggested.mend(name) if target.present else _without(referred)
                says = f'"{name}" is not in {target.file}; {mend}'
                yield sheet.fault("unknown_name", entry, column, says)


def _without(table: type[Row]) -> str:
    """What the absence of a table means for names that refer to it."""
    return 'without it the one site is "store"' if table is t.SiteRow else "it is missing; write one that lists it"


def unknown_place(book: Book) -> Iterator[Finding]:
    """An origin or group that origins.csv does not have, or a house in shares.csv that houses.csv does not have.

    Without origins.csv every name is an origin.
    """
    known = cache(partial(_known, book))
    groups = frozenset(book.sheet(t.OriginRow).names("group"))
    for model, column in ((t.OfferRow, "origin"), (t.DutyRow, "origin"), (t.FloorRow, "origin"), (t.ShareRow, "name")):
        sheet = book.sheet(model)
        for entry in sheet.entries:
            name = entry.cells.get(column)
            kind = "origin" if model is t.OfferRow else entry.cells.get("by", "origin or group")
            if name is None or (model is t.ShareRow and "by" not in entry.cells):
                continue
            table, names = known(kind)
            if names is not None and name not in names.known and not (model is t.OfferRow and name in groups):
                says = (
                    f'"{name}" is no {kind} in {table}; {names.mend(name)}'  # a group: `origin_is_group` says so better
                )
                yield sheet.fault("unknown_place", entry, column, says)


def _known(book: Book, kind: Any) -> tuple[str, suggest.Suggestions | None]:
    """The table with names of that kind, and the names; None where it has no say."""
    if kind == "house":
        houses = book.sheet(t.HouseRow)
        return houses.file, suggest.Suggestions(houses.names("house")) if houses.readable else None
    origins = book.sheet(t.OriginRow)
    names = {"origin": origins.names("origin"), "group": origins.names("group")}
    known = names.get(kind, sorted({*names["origin"], *names["group"]}))
    says = origins.readable and (origins.present or kind == "group")
    return origins.file, suggest.Suggestions(known) if says else None


def origin_is_group(book: Book) -> Iterator[Finding]:
    """A name that is both an origin and a group."""
    origins, offers = book.sheet(t.OriginRow), book.sheet(t.OfferRow)
    listed = set(origins.names("origin"))
    groups = set(origins.names("group"))
    for entry in origins.entries:
        group = entry.cells.get("group")
        if group in listed:
            yield origins.fault(
                "origin_is_group", entry, "group", f'"{group}" is an origin too; give the group another name'
            )
    for row in offers.entries:
        origin = row.cells.get("origin")
        if origin in groups - listed:
            members = sorted(e.cells.get("origin", "") for e in origins.entries if e.cells.get("group") == origin)
            says = f'"{origin}" is a group in {origins.file}; write one of its origins: {", ".join(members)}'
            yield offers.fault("origin_is_group", row, "origin", says)
