"""Where the reserve stands before week 1: stock.csv, inbound.csv and prior.csv. All assumed."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from instances.vault.make.facts import Fact
from instances.vault.make.numbers import lots, sig
from instances.vault.make.reserve import Row

FIRST_SITE = {"general": "baltimore", "dry": "hammond", "secure": "wilmington", "hazard": "houston",
              "bulk": "tampa", "nuclear": "metropolis"}  # fmt: skip
PRIOR_DAYS = 30


def stock_rows(facts: Iterable[Fact]) -> list[Row]:
    """One to eight days of use of most minerals, brought in by the members."""
    rows: list[Row] = []
    for f in facts:
        r = Random(f"stock/{f.name}")
        if r.random() < 0.65:
            days = r.uniform(1, 8)
            rows.append({"mineral": f.name, "site": FIRST_SITE[f.storage_class], "tonnes": sig(days * f.use_t, 3)})
    return rows


def inbound_rows(facts: Iterable[Fact]) -> list[Row]:
    """A day to three of some minerals under way, half of them still to be paid for in part."""
    rows: list[Row] = []
    for f in facts:
        r = Random(f"inbound/{f.name}")
        if r.random() < 0.25:
            tonnes = sig(r.uniform(1, 3) * f.use_t, 3)
            due = sig(0.7 * tonnes * f.price_usd_per_t, 3) if r.random() < 0.5 else None
            row: Row = {"mineral": f.name, "site": FIRST_SITE[f.storage_class], "week": r.randint(1, 4)}
            rows.append({**row, "tonnes": tonnes, "due_usd": due})
    return rows


def prior_rows(facts: Iterable[Fact], offers: Iterable[Row]) -> list[Row]:
    """Last week's plan: a mineral's two largest free offers, ordered soon until thirty days are on the way."""
    free = [o for o in offers if o["origin"] not in ("china", "russia") and o["licensed"] is None]
    rows: list[Row] = []
    for f in facts:
        left = round(PRIOR_DAYS * f.use_t / f.lot_t)
        own = [o for o in free if o["mineral"] == f.name]
        r = Random(f"prior/{f.name}")
        for offer in sorted(own, key=lambda o: (-float(o["max_week_t"] or 0), str(o["offer"])))[:2]:
            count = min(left, round(float(offer["max_week_t"] or 0) / f.lot_t))
            if count > 0 and lots(f.lot_t, count) >= float(offer["min_order_t"] or 0):
                week = min(int(offer["from_week"] or 1) + r.randint(0, 2), int(offer["to_week"] or 1))
                rows.append({"offer": offer["offer"], "week": week, "tonnes": lots(f.lot_t, count)})
                left -= count
    return rows
