"""offers.csv and tiers.csv: two to four offers a mineral of each house, from where the US imports it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from instances.vault.make.facts import Fact, Place
from instances.vault.make.numbers import lots
from instances.vault.make.quotes import cost_cells, price_cells, tier_rows
from instances.vault.make.reserve import HOUSES, WEEKS, Row

COLUMNS = (
    "offer", "house", "mineral", "origin", "price_usd_per_t", "premium_pct", "premium_usd_per_t",
    "lot_t", "min_order_t", "max_week_t", "max_t", "commit_t", "from_week", "to_week", "lead_weeks",
    "order_fee_usd", "freight_usd_per_t", "pay_on_order_pct", "discount", "restricted_content_pct", "licensed",
)  # fmt: skip
RARE_EARTHS = {"cerium", "dysprosium", "erbium", "europium", "gadolinium", "holmium", "lanthanum", "lutetium", "ndpr",
               "samarium", "terbium", "ytterbium", "yttrium"}  # fmt: skip
BARRED_ORIGINS_SHOWN = {"palladium", "potash"}
"""Minerals with one offer from Russia, which is barred: they show what the bar costs."""
MUST_OFFER = {"ndpr": ("united_states", "australia")}
COMMITS = {("ndpr", "united_states"): 0.1}
"""Take or pay, as a part of sixty days of use: the domestic producer's first tonnes are spoken for."""


def _origins(fact: Fact, count: int, r: Random) -> list[str]:
    """`count` origins, likelier the larger their share; an origin comes twice only when there are too few."""
    pool = {o: share for o, share in fact.origins.items() if o != "russia"}
    chosen = [o for o in MUST_OFFER.get(fact.name, ()) if o in pool]
    while len(chosen) < count:
        left = [o for o in pool if o not in chosen] or list(pool)
        chosen.append(r.choices(left, [pool[o] ** 0.5 for o in left])[0])
    return chosen


def _rule_cells(fact: Fact, origin: str, r: Random) -> Row:
    """Content under China's licensing: all of what it controls, traces in rare earths refined elsewhere."""
    if origin == "china":
        controlled = fact.controlled or fact.name in RARE_EARTHS
        return {"restricted_content_pct": 100, "licensed": "yes"} if controlled else {}
    clean = origin in ("united_states", "australia", "malaysia")
    if fact.name not in RARE_EARTHS or clean:
        return {}
    return {
        "restricted_content_pct": r.choice([0.02, 0.05, 0.08, 0.08, 0.3]),
        "licensed": r.choice(["yes", "no", "no"]),
    }


def _window(place: Place, lead_weeks: int, r: Random) -> Row:
    """An offer stands for four to eight weeks, early enough for the goods to arrive."""
    latest = max(1, WEEKS - lead_weeks - int(place.extra_lead_weeks or 0))
    length = min(latest, r.randint(4, 8))
    first = r.choice([1, r.randint(1, latest - length + 1)])
    last = first + length - 1
    return {"from_week": first if first > 1 else None, "to_week": last}


def _offer(fact: Fact, place: Place, house: str, number: int, r: Random) -> tuple[Row, list[Row]]:
    name = f"{house}-{fact.name}-{place.name}" + (f"-{number}" if number else "")
    part = 0.23 * r.uniform(0.7, 1.4) * (0.7 + fact.origins.get(place.name, 0.1))
    in_all = max(2, round(part * fact.target_t / fact.lot_t))
    in_week = max(1, round(in_all / r.uniform(2.5, 6)))
    least = min(in_week, max(1, round(in_week * r.choice([0, 0.05, 0.1, 0.2]))))
    lead = place.lead_weeks if number == 0 else max(1, place.lead_weeks - 2)
    row: Row = {"offer": name, "house": house, "mineral": fact.name, "origin": place.name}
    row |= price_cells(fact, place, r)
    row |= {
        "lot_t": fact.lot_t,
        "min_order_t": lots(fact.lot_t, least),
        "max_week_t": lots(fact.lot_t, in_week),
        "max_t": lots(fact.lot_t, in_all),
        "lead_weeks": lead,
    }
    commit = COMMITS.get((fact.name, place.name)) if house == "traxys" else None
    if commit:
        row["commit_t"] = lots(fact.lot_t, round(commit * fact.target_t / fact.lot_t))
    row |= cost_cells(fact, place, lead, r) | _window(place, lead, r) | _rule_cells(fact, place.name, r)
    tiers = tier_rows(name, fact.lot_t, in_week, r)
    if tiers:
        row["discount"] = r.choice(["all_units", "all_units", "all_units", "incremental"])
    return row, tiers


def offers_and_tiers(facts: Mapping[str, Fact], places: Mapping[str, Place]) -> tuple[list[Row], list[Row]]:
    """The rows of offers.csv and of tiers.csv."""
    offers, tiers = [], []
    for fact in facts.values():
        for house in (str(h["house"]) for h in HOUSES):
            r = Random(f"offers/{fact.name}/{house}")
            origins = _origins(fact, r.choices([2, 3, 4], [75, 20, 5])[0], r)
            if house == "mercuria" and fact.name in BARRED_ORIGINS_SHOWN:
                origins.append("russia")
            for k, origin in enumerate(origins):
                row, steps = _offer(fact, places[origin], house, origins[:k].count(origin), r)
                offers.append({column: row.get(column) for column in COLUMNS})
                tiers += steps
    return offers, tiers
