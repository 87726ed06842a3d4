"""What an offer asks: quote, freight, fee and tiers. Drawn, but for the prices outside China that are reported."""

from __future__ import annotations

from random import Random

from instances.vault.make.facts import Fact, Place
from instances.vault.make.numbers import lots, sig
from instances.vault.make.reserve import Row

OUTSIDE_CHINA_USD_PER_T = {"dysprosium": 700_000, "terbium": 2_900_000, "yttrium": 150_000}
"""Asked outside China where that is a multiple of the benchmark: the low ends reported for dysprosium and yttrium;
terbium is assumed at dysprosium's multiple."""
INSIDE_CHINA_USD_PER_T = {"gallium": 425_000}
"""FOB China, where the benchmark is a US price: the middle of the range reported."""

FREIGHT_USD_PER_T = {
    "bulk": {"home": 15, "near": 34, "far": 68},
    "general": {"home": 40, "near": 70, "far": 143},
    "dry": {"home": 50, "near": 80, "far": 160},
    "hazard": {"home": 70, "near": 120, "far": 240},
    "secure": {"home": 800, "near": 1500, "far": 2500},
    "nuclear": {"home": 100, "near": 150, "far": 300},
}
ORDER_FEE_USD = {"bulk": 25_000, "general": 2_500, "dry": 1_000, "hazard": 2_500, "secure": 1_500, "nuclear": 4_000}
HAIR_PCT = (0, 0.05, 0.05, 0.1, 0.15, 0.25)


def price_cells(fact: Fact, place: Place, r: Random) -> Row:
    """The quote: a price, or a premium in percent or USD/t. Offers of one origin are a hair apart between houses."""
    shared = Random(f"premium/{fact.name}/{place.name}")
    premium = round(1.2 + shared.uniform(-0.9, 1.3) + r.choice(HAIR_PCT), 2)
    fixed = (INSIDE_CHINA_USD_PER_T if place.name == "china" else OUTSIDE_CHINA_USD_PER_T).get(fact.name)
    if fixed:
        return {"price_usd_per_t": sig(fixed * (1 + premium / 100), 5)}
    kind = r.random()
    if fact.prices:
        return {"premium_pct": premium} if kind < 0.5 else _premium_usd(fact, premium)
    return (
        {"premium_pct": premium}
        if kind < 0.65
        else {"price_usd_per_t": sig(fact.price_usd_per_t * (1 + premium / 100), 5)}
    )


def _premium_usd(fact: Fact, premium_pct: float) -> Row:
    return {"premium_usd_per_t": sig(fact.price_usd_per_t * premium_pct / 100, 3)}


def cost_cells(fact: Fact, place: Place, lead_weeks: int, r: Random) -> Row:
    """Freight and fee by storage class and distance; far goods are mostly paid for when they arrive."""
    return {
        "order_fee_usd": ORDER_FEE_USD[fact.storage_class],
        "freight_usd_per_t": FREIGHT_USD_PER_T[fact.storage_class][place.region],
        "pay_on_order_pct": None if lead_weeks <= 2 else r.choice([None, 10, 20, 20, 30]),
    }


def tier_rows(offer: str, lot_t: float, week_lots: int, r: Random) -> list[Row]:
    """Nothing, or two or three tiers that begin at whole lots."""
    second, third = round(week_lots * 0.3), round(week_lots * 0.65)
    if r.random() < 0.45 or not 1 < second < third < week_lots:
        return []
    small = r.choice([0.1, 0.15, 0.2, 0.25, 0.3, 0.4])
    large = round(small + r.choice([0.1, 0.15, 0.25, 0.4, 0.6]), 2)
    steps = [(0, 0.0), (second, small), (third, large)]
    if r.random() < 0.6:
        steps.pop()
    return [{"offer": offer, "from_t": lots(lot_t, n), "discount_pct": pct} for n, pct in steps]
