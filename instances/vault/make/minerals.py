"""minerals.csv, use.csv and prices.csv."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from instances.vault.make.facts import Fact
from instances.vault.make.numbers import lots, sig
from instances.vault.make.reserve import (
    BUDGETS_USD,
    MAX_DAYS,
    MAX_HOUSES,
    MAX_MARKET_SHARE,
    MUST_DAYS,
    SHELF_WEEKS,
    START,
    WEEKS,
    Row,
)


def mineral_rows(facts: Iterable[Fact]) -> list[Row]:
    """A row a mineral; use is in use.csv."""
    return [
        {
            "mineral": f.name,
            "price_usd_per_t": f.price_usd_per_t,
            "must_days": MUST_DAYS.get(f.name),
            "max_days": MAX_DAYS.get(f.storage_class, 120),
            "criticality": f.criticality,
            "storage_class": f.storage_class,
            "m3_per_t": f.m3_per_t,
            "budget_usd": BUDGETS_USD.get(f.name),
            "min_houses": 2 if f.criticality == 5 else None,
            "max_houses": MAX_HOUSES.get(f.name),
            "split_min_share": 0.15 if f.criticality == 5 else None,
            "market_t_per_week": _market(f),
            "shelf_weeks": SHELF_WEEKS.get(f.name),
        }
        for f in facts
    ]


def _market(f: Fact) -> float:
    """Tonnes traded in a week, such that the largest part of it that may be bought is a whole number of lots."""
    part = 1 / MAX_MARKET_SHARE
    return lots(f.lot_t * part, max(1, round(7 * f.market_weeks * f.use_t / (f.lot_t * part))))


def use_rows(facts: Iterable[Fact]) -> list[Row]:
    """National use split over kinds of members, in tenths."""
    return [
        {"member": member, "mineral": f.name, "daily_use_t": sig(f.use_t * tenths / 10, 4)}
        for f in facts
        for member, tenths in f.members.items()
    ]


def price_rows(facts: Iterable[Fact]) -> list[Row]:
    """The World Bank's month of each week's Monday, where it differs from the week before."""
    rows: list[Row] = []
    for f in facts:
        last = f.price_usd_per_t
        for week in range(1, WEEKS + 1):
            price = f.prices.get(f"{START + timedelta(weeks=week - 1):%Y-%m}", last)
            if price != last:
                rows.append({"mineral": f.name, "week": week, "price_usd_per_t": price})
            last = price
    return rows
