"""Quantity tiers: in order, apart, and without a gap where each prices its own part of an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from orebook.findings import Finding
from orebook.reading.book import Book, Entry
from orebook.reading.quoting import figure
from orebook.schema.tables import OfferRow, TierRow

Placed = tuple[Entry[TierRow], TierRow]


def tier_ends_early(book: Book) -> Iterator[Finding]:
    """A tier that ends where it begins, or before."""
    sheet = book.sheet(TierRow)
    for entry, tier in sheet.rows():
        if tier.to_t is not None and tier.to_t <= tier.from_t:
            says = f"{figure(tier.to_t)} is not above from_t {figure(tier.from_t)}; write more, or leave it blank"
            yield sheet.fault("tier_ends_early", entry, "to_t", says)


def tiers_overlap(book: Book) -> Iterator[Finding]:
    """A tier that reaches into the next one."""
    sheet = book.sheet(TierRow)
    for tiers in _by_offer(book).values():
        for (entry, tier), (after, following) in pairwise(tiers):
            if tier.to_t is not None and tier.from_t < following.from_t < tier.to_t:
                start = figure(following.from_t)
                reaches = f"{figure(tier.to_t)} reaches into the tier from {start} t (row {after.line})"
                says = f"{reaches}; write {start} or less"
                yield sheet.fault("tiers_overlap", entry, "to_t", says)


def incremental_tiers(book: Book) -> Iterator[Finding]:
    """Tiers of an incremental offer that do not start at 0, or leave a gap."""
    sheet = book.sheet(TierRow)
    offers = book.sheet(OfferRow).entries
    incremental = {e.cells.get("offer") for e in offers if e.cells.get("discount") == "incremental"}
    for offer, tiers in _by_offer(book).items():
        if offer not in incremental:
            continue
        entry, first = tiers[0]
        if first.from_t > 0:
            says = f'tonnes below {figure(first.from_t)} have no price, and "{offer}" is incremental; write 0'
            yield sheet.fault("incremental_tiers", entry, "from_t", says)
        for (entry, tier), (after, following) in pairwise(tiers):
            if tier.to_t is not None and tier.from_t < tier.to_t < following.from_t:
                start = figure(following.from_t)
                gap = f"{figure(tier.to_t)} leaves a gap to the tier from {start} t (row {after.line})"
                says = f'{gap}: "{offer}" is incremental; write {start}'
                yield sheet.fault("incremental_tiers", entry, "to_t", says)


def _by_offer(book: Book) -> dict[str, list[Placed]]:
    tiers: dict[str, list[Placed]] = defaultdict(list)
    for entry, tier in book.sheet(TierRow).rows():
        tiers[tier.offer].append((entry, tier))
    return {offer: sorted(rows, key=lambda placed: placed[1].from_t) for offer, rows in tiers.items()}
