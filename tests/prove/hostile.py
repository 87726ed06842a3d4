"""Problems with hostile digits, drawn from a seed: what a spreadsheet's formulas leave in cells, from a gram to 1e8 t.

Uses with more digits than grams, prices from 1e-3 to 1e9 USD/t, least orders in pounds, lots of a pound, a third and 100 000 t,
and limits that are exactly what something fills: stores, budgets, withdrawals, ceilings, musts. `check` accepts them all.
"""

from __future__ import annotations

from random import Random
from typing import Any

from orebook.schema.document import Document
from tests.prove.draws import maybe, sig

Row = dict[str, Any]

POUND = 0.00045359237
"""t"""


def hostile(r: Random) -> Document:
    """One to three minerals, one or two houses, one to four weeks."""
    weeks = r.choice([1, 1, 2, 3, 4])
    minerals = [_mineral(r, f"m{k}") for k in range(r.choice([1, 1, 2, 3]))]
    houses = [
        {"house": h, "commission_pct": _digits(r, 1.5), **_fee(r)} for h in ("hartree", "traxys")[: r.choice([1, 2])]
    ]
    offers = [_offer(r, m, h["house"], weeks) for m in minerals for h in houses if r.random() < 0.9]
    offers = offers or [_offer(r, minerals[0], houses[0]["house"], weeks)]
    stock = [_stock(r, m) for m in minerals if r.random() < 0.5]
    inbound = [_inbound(r, m, weeks) for m in minerals if r.random() < 0.25]
    tables: dict[str, list[Row]] = {
        "minerals": [{k: v for k, v in m.items() if k != "wanted"} for m in minerals],
        "houses": houses,
        "offers": offers,
        "tiers": [t for o in offers for t in _tiers(r, o, minerals)],
        "shares": _shares(r, minerals, houses),
        "sites": _sites(r, minerals, stock, offers),
        "stock": stock,
        "inbound": inbound,
        "funding": _funding(r, minerals),
        "withdrawals": [w for m in minerals for w in _withdrawals(r, m, stock, weeks)],
        "targets": [_target(r, m, weeks) for m in minerals if r.random() < 0.2],
    }
    head = {"name": "hostile", "weeks": weeks, "target_days": r.choice([60, 10, 365 / 12, 1 / 3])}
    head["budget_usd"] = maybe(r, 0.3, lambda: _purse(r, minerals, offers))
    head["max_market_share"] = maybe(r, 0.2, lambda: r.choice([0.1, 1 / 3]))
    return Document.model_validate({"instance": head, **{name: rows for name, rows in tables.items() if rows}})


def _digits(r: Random, x: float) -> float:
    """A figure near x: round, as typed, or with all the digits of a formula."""
    return r.choice([sig(x, 1), sig(x, 3), sig(x, 6), x * r.uniform(0.9, 1.1), x / 3, x * 12 / 365])


def _use(r: Random) -> float:
    known = [12 / 365, 4 / 365, 1 / 3, 100 * POUND / 365, 2 / 7, 1e-6, 1e-7, 5e-8, 0.1, 1.0, 1e-3 / 365]
    return r.choice([r.choice(known), sig(10 ** r.uniform(-6, 6), 3), _digits(r, 10 ** r.uniform(-7, 6))])


def _mineral(r: Random, name: str) -> Row:
    use, price = _use(r), _digits(r, 10 ** r.choice([r.uniform(-3, 9), r.uniform(2, 6)]))
    days = r.choice([60, 10, 7.5, 1 / 3, 365 / 12])
    price = min(price, sig(1e13 / (use * days)))
    return {
        "mineral": name,
        "wanted": use * days,
        "daily_use_t": use,
        "price_usd_per_t": price,
        "target_days": days,
        "critical_days": r.choice([30, 0, 1 / 3]),
        "criticality": r.choice([1, 1, 5, 1 / 3]),
        "must_days": maybe(r, 0.15, lambda: days * r.choice([1, 0.5, 1 / 3])),
        "max_days": maybe(r, 0.2, lambda: days * r.choice([1, 1, 4 / 3])),
        "m3_per_t": r.choice([0, 1, 1 / 3, 0.123456789, sig(r.uniform(0.1, 2), 3)]),
        "min_houses": maybe(r, 0.1, lambda: 2),
        "split_min_share": r.choice([0.1, 1 / 3]),
        "market_t_per_week": maybe(r, 0.4, lambda: use * days * r.choice([3, 10, 10 / 3])),
    }


def _fee(r: Random) -> Row:
    return {"engage_fee_usd": r.choice([0, 0, _digits(r, 10 ** r.uniform(-2, 7))])}


def _pounds(wanted: float, part: float) -> float:
    """About a part of what is wanted, in whole pounds as tonnes."""
    return max(1, round(wanted * part / POUND)) * POUND


def _lot(r: Random, wanted: float) -> float | None:
    count = r.choice([1, 3, 10, 100, 1000, 1e4, 1e6])
    size = max(wanted / count, 1e-6)
    return r.choice([None, None, None, sig(size, 1), sig(size, 2), max(_pounds(wanted, 1 / count), POUND), size])


def _offer(r: Random, m: Row, house: str, weeks: int) -> Row:
    wanted, price = m["wanted"], m["price_usd_per_t"]
    lot = _lot(r, wanted)
    most = maybe(r, 0.7, lambda: r.choice([wanted, _digits(r, wanted * r.uniform(0.2, 2)), 10 * wanted]))
    least = r.choice([0, 0, _pounds(wanted, r.uniform(0.05, 1.2)), _digits(r, wanted * 0.3), wanted])
    if most is not None:
        least = min(least, most)
    quoted = r.random() < 0.4
    return {
        "offer": f"{house}-{m['mineral']}",
        "house": house,
        "mineral": m["mineral"],
        "origin": None,
        "price_usd_per_t": _digits(r, price) if quoted else None,
        "premium_pct": 0 if quoted else r.choice([0, 1.5, 100 / 3]),
        "lot_t": lot,
        "min_order_t": least,
        "max_week_t": most,
        "max_t": maybe(r, 0.3, lambda: _digits(r, wanted * r.uniform(0.5, 3))),
        "commit_t": maybe(r, 0.08, lambda: _digits(r, wanted * 0.2)) or 0,
        "lead_weeks": min(r.choice([0, 0, 1]), weeks - 1),
        "order_fee_usd": r.choice([0, 0, _digits(r, wanted * price * r.choice([1e-6, 0.01, 1]))]),
        "freight_usd_per_t": r.choice([0, _digits(r, price * 0.01)]),
        "pay_on_order_pct": r.choice([100, 100, 30, 100 / 3]),
        "discount": r.choice(["all_units", "incremental"]),
    }


def _tiers(r: Random, offer: Row, minerals: list[Row]) -> list[Row]:
    if r.random() < 0.6:
        return []
    wanted = next(m["wanted"] for m in minerals if m["mineral"] == offer["mineral"])
    first = r.choice([wanted, wanted / 3, _pounds(wanted, 0.5)])
    return [
        {"offer": offer["offer"], "from_t": 0, "discount_pct": 0},
        {"offer": offer["offer"], "from_t": first, "discount_pct": r.choice([2.5, 10 / 3, -1])},
    ]


def _shares(r: Random, minerals: list[Row], houses: list[Row]) -> list[Row]:
    if r.random() < 0.7 or len(houses) < 2:
        return []
    part = r.choice([{"max_share": r.choice([0.5, 2 / 3])}, {"min_share": r.choice([0.25, 1 / 3])}])
    return [{"mineral": r.choice([m["mineral"] for m in minerals] + ["*"]), "by": "house", "name": "hartree", **part}]


def _stock(r: Random, m: Row) -> Row:
    part = r.choice([1, 0.5, 1 / 3, 0.1, r.random()])
    return {
        "mineral": m["mineral"],
        "site": "store",
        "tonnes": r.choice([m["wanted"] * part, sig(m["wanted"] * part, 4)]),
    }


def _inbound(r: Random, m: Row, weeks: int) -> Row:
    tonnes = _digits(r, m["wanted"] * 0.2)
    return {"mineral": m["mineral"], "site": "store", "week": r.randint(1, weeks), "tonnes": tonnes}


def _sites(r: Random, minerals: list[Row], stock: list[Row], offers: list[Row]) -> list[Row]:
    """A store that is filled to the last digit by what is in it, what is wanted, or a number of lots; and an annex."""
    held = {s["mineral"]: s["tonnes"] for s in stock}
    lots = {o["mineral"]: (o["lot_t"] or o["min_order_t"]) * r.choice([1, 2, 3]) for o in offers}
    fills = [
        sum(m["m3_per_t"] * held.get(m["mineral"], 0.0) for m in minerals),
        sum(m["m3_per_t"] * m["wanted"] for m in minerals),
        sum(m["m3_per_t"] * (held.get(m["mineral"], 0.0) + lots.get(m["mineral"], 0.0)) for m in minerals),
    ]
    worth = sum(m["price_usd_per_t"] * m["wanted"] for m in minerals)
    store = {
        "site": "store",
        "capacity_m3": maybe(r, 0.6, lambda: r.choice(fills)),
        "max_value_usd": maybe(r, 0.15, lambda: r.choice([worth, worth / 3])),
        "inbound_t_per_week": maybe(r, 0.1, lambda: r.choice([m["wanted"] for m in minerals])),
        "handling_usd_per_t": r.choice([0, 1 / 3]),
        "rent_usd_per_m3_week": r.choice([0, 1 / 7]),
    }
    annex = {"site": "annex", "capacity_m3": r.choice([*fills, 1e-6, 1e8 / 3])}
    return [store, annex] if r.random() < 0.4 else [store]


def _funding(r: Random, minerals: list[Row]) -> list[Row]:
    if r.random() < 0.8:
        return []
    worth = sum(m["price_usd_per_t"] * m["wanted"] for m in minerals)
    loan = {"source": "loan", "limit_usd": _digits(r, worth), "rate_pct": 10 / 3, "max_share": r.choice([None, 2 / 3])}
    return [loan, {"source": "own", "rate_pct": 9}]


def _withdrawals(r: Random, m: Row, stock: list[Row], weeks: int) -> list[Row]:
    """Up to two, of all that is in store, a part of what is wanted, or both to the last digit."""
    held = next((s["tonnes"] for s in stock if s["mineral"] == m["mineral"]), 0.0)
    sizes = [
        held or m["wanted"],
        held + m["wanted"],
        m["wanted"] / 3,
        _pounds(m["wanted"], 0.2),
        _digits(r, m["wanted"]),
    ]
    name = m["mineral"]
    return [
        {"withdrawal": f"{name}-{k}", "mineral": name, "week": r.randint(1, weeks), "tonnes": r.choice(sizes)}
        for k in range(r.choice([0, 0, 1, 2]))
    ]


def _target(r: Random, m: Row, weeks: int) -> Row:
    return {"mineral": m["mineral"], "week": r.randint(1, weeks), "days": r.choice([10, 365 / 12, 1 / 3, 60])}


def _purse(r: Random, minerals: list[Row], offers: list[Row]) -> float:
    """Money for a part of what is wanted, exactly."""
    paid = {o["mineral"]: o["price_usd_per_t"] for o in offers if o["price_usd_per_t"]}
    worth = sum(m["wanted"] * paid.get(m["mineral"], m["price_usd_per_t"]) for m in minerals)
    return float(r.choice([worth, worth / 3, sig(worth, 2), worth * r.random()]))
