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


def _latest(offer: Row, extra_lead: int, weeks: int) -> int:
    """The last week whose order arrives in the plan."""
    last = offer.get("to_week") or weeks
    return min(int(last), weeks - int(offer["lead_weeks"] or 0) - extra_lead)


def prior_rows(facts: Iterable[Fact], offers: Iterable[Row], weeks: int) -> list[Row]:
    """Last week's plan: a mineral's two largest unrestricted offers, ordered early until thirty days are on the way."""
    rows: list[Row] = []
    by_mineral: dict[str, list[Row]] = {}
    for offer in offers:
        if offer["origin"] not in ("china", "russia") and offer.get("licensed") is None:
            by_mineral.setdefault(str(offer["mineral"]), []).append(offer)
    for f in facts:
        left = round(PRIOR_DAYS * f.use_t / f.lot_t)
        largest = sorted(by_mineral.get(f.name, []), key=lambda o: (-float(o["max_week_t"] or 0), str(o["offer"])))[:2]
        r = Random(f"prior/{f.name}")
        for offer in largest:
            week_lots = round(float(offer["max_week_t"] or 0) / f.lot_t)
            least = round(float(offer["min_order_t"] or 0) / f.lot_t)
            first = r.randint(int(offer.get("from_week") or 1), 4)
            count = min(left, week_lots)
            if count >= least and count > 0 and first <= _latest(offer, 0, weeks):
                rows.append({"offer": offer["offer"], "week": first, "tonnes": lots(f.lot_t, count)})
                left -= count
    return rows
