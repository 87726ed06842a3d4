"""Tight problems, drawn from a seed: few offers with least orders, high fees, small markets, little room and little money.

Sizes are a national reserve's: 60 days of all minerals are worth some 16 bn USD, parted unevenly, so that a lot is anything
from a kilogram to 100 000 t. `sized` draws the same in other sizes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

from orebook.schema.document import Document

Row = dict[str, Any]

GROUPS = {"domestic": "home", "canada": "allied", "korea": "allied", "chile": "other", "china": "restricted"}
CLASSES = ("general", "dry", "secure")
DAYS = 60


def sig(x: float, digits: int = 4) -> float:
    """x at that many significant digits."""
    return 0.0 if x == 0 else round(x, digits - 1 - math.floor(math.log10(abs(x))))


def tight(r: Random) -> Document:
    """One to four minerals, one to three houses, one to four weeks; every table in some of the draws."""
    weeks, names = r.choice([1, 2, 2, 2, 3, 4]), [f"m{k}" for k in range(r.choice([1, 2, 2, 3, 4]))]
    worth = {name: math.exp(r.gauss(0, 1.4)) for name in names}
    scale = 16e9 / sum(worth.values())
    minerals = [_mineral(r, name, worth[name] * scale, weeks) for name in names]
    houses = [_house(r, h) for h in ("hartree", "mercuria", "traxys")[: r.choice([1, 2, 2, 3])]]
    offers = [
        _offer(r, m, h["house"], k, weeks)
        for m in minerals
        for h in houses
        for k in range(r.choice([0, 1, 1, 1, 2]))
    ] or [_offer(r, minerals[0], houses[0]["house"], 0, weeks)]  # fmt: skip
    sites = [_site(r, c, minerals) for c in CLASSES] if r.random() < 0.6 else []
    stores = {m["mineral"]: f"depot-{m['storage_class']}" if sites else "store" for m in minerals}
    tables: dict[str, list[Row]] = {
        "minerals": minerals,
        "houses": houses,
        "offers": offers,
        "tiers": [t for o in offers for t in _tiers(r, o, minerals)],
        "prices": _prices(r, minerals, weeks),
        "origins": [_origin(r, o, g) for o, g in GROUPS.items()],
        "duties": [d for m in minerals for d in _duties(r, m)],
        "floors": [f for m in minerals for f in _floors(r, m)],
        "shares": _shares(r, minerals, houses),
        "sites": sites,
        "stock": [s for m in minerals for s in _stock(r, m, stores)],
        "inbound": [i for m in minerals for i in _inbound(r, m, stores, weeks)],
        "releases": _releases(r, weeks),
        "funding": _funding(r, weeks),
        "targets": [t for m in minerals for t in _targets(r, m, weeks)],
        "withdrawals": [w for m in minerals for w in _withdrawals(r, m, weeks)],
        "prior": _prior(r, offers, minerals, weeks),
    }
    head = _head(r, weeks)
    return Document.model_validate({"instance": head, **{name: rows for name, rows in tables.items() if rows}})


def maybe(r: Random, chance: float, value: Callable[[], Any]) -> Any:
    """The value in so many cases of 1, else nothing."""
    return value() if r.random() < chance else None


def _head(r: Random, weeks: int) -> Row:
    return {
        "name": "drawn",
        "weeks": weeks,
        "target_days": DAYS,
        "budget_usd": maybe(r, 0.7, lambda: sig(16e9 * r.uniform(0.02, 0.9), 3)),
        "max_restricted_content_pct": maybe(r, 0.2, lambda: 0.1),
        "frozen_weeks": r.choice([0, 0, 0, 1]),
        "max_market_share": maybe(r, 0.6, lambda: r.choice([0.1, 0.2, 0.5])),
        "max_houses": maybe(r, 0.4, lambda: r.choice([1, 1, 2])),
    }


def _mineral(r: Random, name: str, worth: float, weeks: int) -> Row:
    price = sig(math.exp(r.uniform(math.log(500), math.log(3e6))))
    use = sig(worth / DAYS / price)
    return {
        "mineral": name,
        "daily_use_t": use,
        "price_usd_per_t": price,
        "critical_days": r.choice([30, 30, 10, 0]),
        "must_days": maybe(r, 0.08, lambda: r.choice([1, 5, 20])),
        "max_days": maybe(r, 0.4, lambda: r.choice([60, 65, 90])),
        "criticality": r.choice([1, 1, 2, 5, 0]),
        "value_usd_per_day": maybe(r, 0.2, lambda: sig(use * price * r.uniform(0.5, 3))),
        "storage_class": r.choice(CLASSES),
        "m3_per_t": r.choice([0, sig(r.uniform(0.15, 1.2), 3)]),
        "budget_usd": maybe(r, 0.2, lambda: sig(worth * r.uniform(0.1, 0.9), 3)),
        "min_houses": maybe(r, 0.25, lambda: r.choice([1, 2])),
        "max_houses": maybe(r, 0.2, lambda: r.choice([1, 2])),
        "split_min_share": r.choice([0.1, 0.1, 0.3, 0]),
        "market_t_per_week": maybe(r, 0.7, lambda: sig(DAYS * use / weeks * r.uniform(0.5, 8))),
    }


def _house(r: Random, name: str) -> Row:
    return {
        "house": name,
        "commission_pct": round(r.uniform(0, 1.5), 2),
        "engage_fee_usd": r.choice([0, sig(math.exp(r.uniform(math.log(1e4), math.log(2e9))), 2)]),
        "engaged": r.random() < 0.2,
        "max_spend_usd": maybe(r, 0.15, lambda: sig(16e9 * r.uniform(0.02, 0.5), 3)),
    }


def _target_t(mineral: Row) -> float:
    return float(DAYS * mineral["daily_use_t"])


def _offer(r: Random, m: Row, house: str, k: int, weeks: int) -> Row:
    wanted, price = _target_t(m), m["price_usd_per_t"]
    lot = maybe(r, 0.6, lambda: sig(wanted / r.choice([3, 6, 12, 25, 150]), 2))
    size = lot or sig(wanted / 100)
    week = max(2 * size, sig(wanted / weeks * r.uniform(0.2, 1.6), 3))
    least = min(sig(size * r.choice([1, 2, 3, 10]), 3), size * math.floor(week / size))
    quoted = r.random() < 0.35
    return {
        "offer": f"{house}-{m['mineral']}-{k}",
        "house": house,
        "mineral": m["mineral"],
        "origin": r.choice([None, *GROUPS]),
        "price_usd_per_t": sig(price * r.uniform(0.95, 1.08), 5) if quoted else None,
        "premium_pct": 0 if quoted else round(r.uniform(-1, 4), 2),
        "premium_usd_per_t": 0 if quoted else r.choice([0, sig(price * r.uniform(0, 0.05))]),
        "lot_t": lot,
        "min_order_t": r.choice([0, least, least]),
        "max_week_t": maybe(r, 0.8, lambda: week),
        "max_t": maybe(r, 0.5, lambda: sig(week * r.uniform(0.6, 2), 3)),
        "commit_t": size if r.random() < 0.05 else 0,
        "from_week": r.choice([1, 1, 1, weeks]),
        "lead_weeks": min(r.choice([0, 0, 1, 2]), max(0, weeks - 1)),
        "order_fee_usd": r.choice([0, sig(wanted * price * math.exp(r.uniform(math.log(1e-5), math.log(0.1))))]),
        "freight_usd_per_t": sig(price * r.uniform(0.001, 0.01), 3),
        "pay_on_order_pct": r.choice([100, 100, 30, 0]),
        "discount": r.choice(["all_units", "incremental"]),
        "restricted_content_pct": r.choice([0, 0, 0.2]),
        "licensed": r.random() < 0.5,
    }


def _tiers(r: Random, offer: Row, minerals: list[Row]) -> list[Row]:
    if r.random() < 0.45:
        return []
    wanted = next(_target_t(m) for m in minerals if m["mineral"] == offer["mineral"])
    first = offer["lot_t"] or sig(wanted * r.uniform(0.05, 0.2), 3)
    starts = [0, first, sig(first * r.choice([2, 2.5, 4]), 3)][: r.choice([1, 2, 3])]
    off = [0, round(r.uniform(-4, 6), 1), round(r.uniform(-4, 9), 1)]
    last = maybe(r, 0.3, lambda: sig(starts[-1] * 2 + first, 3))
    return [
        {
            "offer": offer["offer"],
            "from_t": start,
            "to_t": last if k == len(starts) - 1 else None,
            "discount_pct": off[k],
        }
        for k, start in enumerate(starts)
    ]


def _prices(r: Random, minerals: list[Row], weeks: int) -> list[Row]:
    listed = [(m, w) for m in minerals for w in range(1, weeks + 1) if r.random() < 0.5]
    return [
        {
            "mineral": m["mineral"],
            "week": w,
            "price_usd_per_t": sig(m["price_usd_per_t"] * math.exp(r.gauss(0, 0.04)), 5),
        }
        for m, w in listed
    ]


def _origin(r: Random, name: str, group: str) -> Row:
    return {
        "origin": name,
        "group": group,
        "barred": r.random() < 0.05,
        "barred_from_week": maybe(r, 0.05, lambda: 2),
        "extra_lead_weeks": r.choice([0, 0, 0, 1]),
    }


def _duties(r: Random, m: Row) -> list[Row]:
    return [
        {"origin": place, "mineral": m["mineral"], "duty_pct": r.choice([10, 25])}
        for place in ("china", "home")
        if r.random() < 0.25
    ]


def _floors(r: Random, m: Row) -> list[Row]:
    if r.random() < 0.75:
        return []
    usd, how = sig(m["price_usd_per_t"] * r.uniform(0.95, 1.1)), r.choice(["minimum", "cfd", "reject", "levy"])
    floor = {"mineral": m["mineral"], "origin": r.choice([None, "allied"]), "floor_usd_per_t": usd, "mechanism": how}
    return [floor | r.choice([{}, {"payer": "other"}, {"upside_pct": 30}]) if how == "cfd" else floor]


def _shares(r: Random, minerals: list[Row], houses: list[Row]) -> list[Row]:
    names = [("house", h["house"]) for h in houses] + [("group", g) for g in set_of(GROUPS)] + [("origin", "korea")]
    keys = [(m, by, name) for m in [*(m["mineral"] for m in minerals), "*"] for by, name in names]
    rows = []
    for m, by, name in r.sample(keys, min(len(keys), r.choice([0, 1, 2, 3]))):
        least = r.random() < 0.5
        rows.append(
            {
                "mineral": m,
                "by": by,
                "name": name,
                "min_share": r.choice([0.05, 0.25]) if least else None,
                "max_share": None if least else r.choice([0.3, 0.5, 0.75]),
            }
        )
    return rows


def set_of(groups: dict[str, str]) -> list[str]:
    """The groups, each once, in order."""
    return sorted(set(groups.values()))


def _site(r: Random, of: str, minerals: list[Row]) -> Row:
    full = sum(_target_t(m) * m["m3_per_t"] for m in minerals if m["storage_class"] == of)
    value = sum(_target_t(m) * m["price_usd_per_t"] for m in minerals if m["storage_class"] == of)
    return {
        "site": f"depot-{of}",
        "accepts": of if of == "general" else f"{of};general",
        "capacity_m3": maybe(r, 0.7, lambda: sig(full * r.uniform(0.2, 1.1))),
        "inbound_t_per_week": maybe(r, 0.2, lambda: sig(sum(map(_target_t, minerals)) * r.uniform(0.02, 0.5), 3)),
        "handling_usd_per_t": sig(r.uniform(5, 60), 2),
        "rent_usd_per_m3_week": sig(r.uniform(0.5, 6), 2),
        "max_value_usd": maybe(r, 0.2, lambda: sig(value * r.uniform(0.3, 1.2), 3)),
    }


def _stock(r: Random, m: Row, stores: dict[str, str]) -> list[Row]:
    if r.random() < 0.4:
        return []
    return [{"mineral": m["mineral"], "site": stores[m["mineral"]], "tonnes": sig(_target_t(m) * r.uniform(0, 0.7))}]


def _inbound(r: Random, m: Row, stores: dict[str, str], weeks: int) -> list[Row]:
    if r.random() < 0.7:
        return []
    due = r.choice([0, sig(_target_t(m) * m["price_usd_per_t"] * 0.03, 3)])
    tonnes = sig(_target_t(m) * r.uniform(0.01, 0.3))
    week = r.randint(1, weeks)
    return [{"mineral": m["mineral"], "site": stores[m["mineral"]], "week": week, "tonnes": tonnes, "due_usd": due}]


def _releases(r: Random, weeks: int) -> list[Row]:
    if r.random() < 0.7:
        return []
    return [{"week": w, "usd": sig(16e9 / weeks * r.uniform(0.1, 1.1), 3)} for w in range(1, weeks + 1)]


def _funding(r: Random, weeks: int) -> list[Row]:
    if r.random() < 0.7:
        return []
    exim = {"source": "exim", "limit_usd": sig(16e9 * r.uniform(0.1, 0.9), 3), "rate_pct": 4.9}
    exim |= {"max_share": maybe(r, 0.5, lambda: 0.84), "from_week": r.choice([1, 1, weeks])}
    own = {"source": "own", "limit_usd": maybe(r, 0.3, lambda: sig(16e9 * r.uniform(0.1, 0.5), 3)), "rate_pct": 9}
    own |= {"drawn_usd": r.choice([0, 0, 1e8])}
    return [exim, own] if r.random() < 0.8 else [own]


def _targets(r: Random, m: Row, weeks: int) -> list[Row]:
    if r.random() < 0.6:
        return []
    listed = sorted(r.sample(range(1, weeks + 1), r.randint(1, weeks)))
    return [{"mineral": m["mineral"], "week": w, "days": r.choice([20, 40, 60, 0])} for w in listed]


def _withdrawals(r: Random, m: Row, weeks: int) -> list[Row]:
    return [
        {
            "withdrawal": f"{m['mineral']}-{k}",
            "mineral": m["mineral"],
            "week": r.randint(1, weeks),
            "tonnes": sig(_target_t(m) * r.uniform(0.01, 0.4), 3),
        }
        for k in range(r.choice([0, 0, 0, 1, 2]))
    ]


def _prior(r: Random, offers: list[Row], minerals: list[Row], weeks: int) -> list[Row]:
    if r.random() < 0.7:
        return []
    rows = []
    for o in offers:
        wanted = next(_target_t(m) for m in minerals if m["mineral"] == o["mineral"])
        size = o["lot_t"] or sig(wanted / 100)
        for w in range(1, weeks + 1):
            if r.random() < 0.3:
                rows.append({"offer": o["offer"], "week": w, "tonnes": size * r.choice([1, 2, 3])})
    return rows
