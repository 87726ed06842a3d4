"""The rows of drawn problems, a function a table; see `tests/drawn.py` for what they keep to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

Cells = dict[str, Any]
T = TypeVar("T")

MOST_COMBINATIONS = 3000
"""Sets of orders that a plan can be made of, at most, under `lots_only`: product over offers and weeks of lots + 1."""
ORIGINS = ("chile", "peru", "japan")
GROUP = "south"
"""The group of chile and peru, where it is drawn."""
PRICES = (50, 100, 200)
"""Benchmarks, USD/t: each divides the next, so a store's value limit of 200s is whole tonnes of one mineral."""


def one_of(*values: T) -> st.SearchStrategy[T]:
    """One of the values; the first is the simplest."""
    return st.sampled_from(values)


def seldom(usual: T, *others: T) -> st.SearchStrategy[T]:
    """The usual value, three times out of four and in the simplest draws, else one of the others."""
    return st.sampled_from([usual] * (3 * len(others)) + list(others))


def some(draw: st.DrawFn, items: Sequence[T], most: int) -> list[T]:
    """Some of the items, `most` of them at most, none twice."""
    places = draw(st.lists(st.sampled_from(range(len(items))), unique=True, max_size=most)) if items else []
    return [items[k] for k in sorted(places)]


def tonnes(most: int, whole: bool) -> st.SearchStrategy[float]:
    """Tonnes, 1 to `most`; with a tenth on top where they need not be whole."""
    whole_tonnes = st.integers(1, most).map(float)
    return whole_tonnes if whole else st.builds(lambda t, tenths: t + tenths / 10, whole_tonnes, one_of(0, 1, 5))


def head(draw: st.DrawFn, weeks: int) -> Cells:
    """instance.toml."""
    return {
        "name": "drawn",
        "weeks": weeks,
        "target_days": draw(one_of(6, 10, 0)),
        "budget_usd": draw(one_of(None, 3000, 1000)),
        "max_restricted_content_pct": draw(seldom(None, 0.1)),
        "min_esg_score": draw(seldom(None, 40)),
        "frozen_weeks": draw(seldom(0, 1, 2)),
        "max_market_share": draw(one_of(None, 0.5)),
        "max_houses": draw(one_of(None, 1, 2)),
    }


def mineral_rows(draw: st.DrawFn, minerals: list[str], use: list[Cells], houses: list[str], whole: bool) -> list[Cells]:
    """Minerals, with their use where use.csv does not have it."""
    by_member = {row["mineral"] for row in use}
    return [
        {
            "mineral": name,
            "daily_use_t": None if name in by_member else draw(one_of(1, 2, 0, None)),
            "price_usd_per_t": draw(one_of(*PRICES)),
            "target_days": draw(one_of(None, 4, 8)),
            "critical_days": draw(one_of(3, 30)),
            "must_days": draw(seldom(None, 1, 2)),
            "max_days": draw(one_of(None, 8, 12)),
            "criticality": draw(one_of(1, 3, 0.5)),
            "value_usd_per_day": draw(one_of(None, 500)),
            "storage_class": "special" if name == "tin" else "general",
            "m3_per_t": draw(one_of(0, 1) if whole else one_of(0, 1, 0.4)),
            "budget_usd": draw(one_of(None, 800)),
            "min_houses": draw(seldom(None, 1, len(houses))),
            "max_houses": draw(seldom(None, 1)),
            "split_min_share": draw(one_of(0.1, 0, 0.5)),
            "market_t_per_week": draw(one_of(None, 10, 12)),
        }
        for name in minerals
    ]


def use_rows(draw: st.DrawFn, minerals: list[str]) -> list[Cells]:
    """Use by member, for some of the minerals; the others have theirs in minerals.csv."""
    listed = some(draw, minerals, 2)
    return [{"member": f"member{n}", "mineral": m, "daily_use_t": 1} for m in listed for n in range(draw(one_of(1, 2)))]


def house_rows(draw: st.DrawFn, names: list[str]) -> list[Cells]:
    """Houses, with and without limits and fees."""
    return [
        {
            "house": name,
            "commission_pct": draw(one_of(0, 1, 2.5)),
            "engage_fee_usd": draw(one_of(0, 25)),
            "engaged": draw(st.booleans()),
            "weekly_capacity_t": draw(one_of(None, 10, 6)),
            "capacity_t": draw(one_of(None, 20, 8)),
            "max_spend_usd": draw(one_of(None, 1500)),
        }
        for name in names
    ]


def offer_rows(draw: st.DrawFn, minerals: list[str], houses: list[str], weeks: int, lots_only: bool) -> list[Cells]:
    """Offers whose tables of orders, under `lots_only`, share `MOST_COMBINATIONS` out between them."""
    count = draw(one_of(2, 3, 4, 1))
    left = MOST_COMBINATIONS
    offers = []
    for place in range(count):
        share = left / 2 ** (count - 1 - place)
        length = draw(st.sampled_from([w for w in range(weeks, 0, -1) if 2**w <= share or not lots_only]))
        lots = draw(st.sampled_from([n for n in (1, 2, 3) if (n + 1) ** length <= share or not lots_only]))
        left //= (lots + 1) ** length
        first = draw(st.integers(1, weeks - length + 1))
        offer = _offer(draw, f"o{place}", lots, lots_only)
        window = {"from_week": first, "to_week": first + length - 1}
        offers.append({**offer, **window, "house": draw(one_of(*houses)), "mineral": draw(one_of(*minerals))})
    return offers


def _offer(draw: st.DrawFn, name: str, lots: int, lots_only: bool) -> Cells:
    lot = draw(one_of(1, 2, 3) if lots_only else one_of(1, None, 0.1, 2.5))
    most = round(lots * (lot or 3), 6)
    return {
        "offer": name,
        "origin": draw(one_of(None, *ORIGINS)),
        "price_usd_per_t": draw(one_of(None, 99.5, 110)),
        "premium_pct": draw(one_of(0, 2.5, -10)),
        "premium_usd_per_t": draw(one_of(0, 1.25, -5)),
        "lot_t": lot,
        "min_order_t": draw(seldom(0, most / 2, 2)),
        "max_week_t": most if lots_only else draw(one_of(most, most + 0.05, None)),
        "max_t": draw(one_of(None, most, 2 * most)),
        "commit_t": draw(seldom(0, 0, 0, lot or 1)),
        "lead_weeks": draw(seldom(0, 0, 1)),
        "order_fee_usd": draw(one_of(0, 7.5)),
        "freight_usd_per_t": draw(one_of(0, 3.2)),
        "pay_on_order_pct": draw(one_of(100, 0, 30)),
        "pay_after_weeks": draw(seldom(0, 1, 2)),
        "discount": draw(one_of("all_units", "incremental")),
        "restricted_content_pct": draw(seldom(0, 0.2)),
        "licensed": draw(st.booleans()),
        "esg_score": draw(seldom(None, 50, 30)),
    }


def tier_rows(draw: st.DrawFn, offer: Cells) -> list[Cells]:
    """Up to three tiers; under `all_units` they may leave gaps, the one before the first included."""
    lot = offer["lot_t"] or 1
    starts = draw(st.lists(one_of(0, 1, 2, 3, 1.5), unique=True, max_size=3).map(sorted))
    incremental = offer["discount"] == "incremental"
    if starts and (incremental or draw(one_of(True, True, False))):
        starts = sorted({0, *starts[1:]})
    ends = [None if incremental else draw(one_of(None, (low + high) / 2)) for low, high in pairwise(starts)]
    last = [draw(one_of(None, start + 2)) for start in starts[-1:]]
    return [
        {
            "offer": offer["offer"],
            "from_t": round(start * lot, 6),
            "to_t": None if end is None else round(end * lot, 6),
            "discount_pct": draw(one_of(0, 5, 2.5, 40, -10)),
        }
        for start, end in zip(starts, [*ends, *last], strict=True)
    ]


def origin_rows(draw: st.DrawFn) -> list[Cells]:
    """Every origin, mostly open."""
    grouped = draw(st.booleans())
    return [
        {
            "origin": name,
            "group": GROUP if grouped and name != "japan" else None,
            "barred": draw(seldom(False, False, True)),
            "barred_from_week": draw(seldom(None, None, 2, 3)),
            "extra_lead_weeks": draw(seldom(0, 0, 1)),
        }
        for name in ORIGINS
    ]


def share_rows(draw: st.DrawFn, minerals: list[str], houses: list[str], places: list[str]) -> list[Cells]:
    """Shares by house, origin and group, of a mineral and of all order cash."""
    names = [("house", h) for h in houses] + [("group" if p == GROUP else "origin", p) for p in places]
    keys = [(m, by, name) for m in [*minerals, "*"] for by, name in names]
    return [
        {
            "mineral": m,
            "by": by,
            "name": n,
            "min_share": draw(seldom(None, 0.25)),
            "max_share": draw(one_of(0.5, 0.6, 1)),
        }
        for m, by, n in some(draw, keys, 2)
    ]


def site_rows(draw: st.DrawFn, minerals: list[str], whole: bool) -> list[Cells]:
    """`store` takes everything, `annex` only what is `special`; with limits that keep to whole tonnes where asked."""
    several, alone = draw(st.booleans()), len(minerals) == 1
    sites = []
    for name in ["store", "annex"][: 1 + several]:
        own = alone or name == "annex" or not whole
        sites.append(
            {
                "site": name,
                "capacity_m3": draw(one_of(None, 10, 5)) if own or not several else None,
                "inbound_t_per_week": draw(one_of(None, 4, 8)),
                "handling_usd_per_t": draw(one_of(0, 1.5, 4)),
                "rent_usd_per_m3_week": draw(one_of(0, 0.75)),
                "max_value_usd": draw(one_of(None, 1000, 400)) if own else None,
                "accepts": "special" if name == "annex" else draw(one_of(None, "general;special")),
            }
        )
    return sites


def release_rows(draw: st.DrawFn, weeks: int) -> list[Cells]:
    """Money that comes free, some after the plan."""
    later = [{"week": w, "usd": draw(one_of(500, 1000))} for w in some(draw, range(2, weeks + 2), 2)]
    return [{"week": 1, "usd": draw(one_of(1000, 300))}, *later]


def funding_rows(draw: st.DrawFn, weeks: int) -> list[Cells]:
    """A source that is always open, and a loan that may not be."""
    loan = {"source": "loan", "limit_usd": draw(one_of(None, 700)), "rate_pct": draw(one_of(5.2, 0))}
    loan |= {"from_week": draw(one_of(1, weeks)), "max_share": draw(one_of(None, 0.6))}
    loan |= {"drawn_usd": draw(one_of(0, 100)), "to_week": draw(seldom(None, loan["from_week"]))}
    loan |= {"undrawn_pct": draw(seldom(0, 2.6)) if loan["limit_usd"] is not None else 0}
    loan |= {"draw_fee_pct": draw(seldom(0, 1.5))}
    return [{"source": "capital", "rate_pct": draw(one_of(0, 2.6, 10.4)), "max_share": draw(one_of(None, 0.9))}, loan]


def price_rows(draw: st.DrawFn, minerals: list[str], weeks: int) -> list[Cells]:
    """Benchmarks that change, and change back."""
    keys = [(m, w) for m in minerals for w in range(1, weeks + 1)]
    return [{"mineral": m, "week": w, "price_usd_per_t": draw(one_of(*PRICES))} for m, w in some(draw, keys, 2)]


def duty_rows(draw: st.DrawFn, minerals: list[str], places: list[str]) -> list[Cells]:
    """Duties by origin and group, on one mineral and on all."""
    keys = [(p, m) for p in places for m in [*minerals, "*"]]
    return [{"origin": p, "mineral": m, "duty_pct": draw(one_of(5, 2.5, 100))} for p, m in some(draw, keys, 3)]


def floor_rows(draw: st.DrawFn, minerals: list[str], places: list[str]) -> list[Cells]:
    """Floors of every mechanism near the quotes; equal ones are common."""
    usd, mechanism = one_of(90, 100, 110, 190), seldom("minimum", "cfd", "reject", "levy")
    keys = [(m, p) for m in minerals for p in [None, *places]]
    floors = []
    for m, p in some(draw, keys, 3):
        floor: Cells = {"mineral": m, "origin": p, "floor_usd_per_t": draw(usd), "mechanism": draw(mechanism)}
        if floor["mechanism"] == "cfd":
            floor["payer"] = draw(one_of("reserve", "other"))
            floor["upside_pct"] = draw(one_of(0, 50, 12.5)) if floor["payer"] == "reserve" else 0
        floors.append(floor)
    return floors


def stock_rows(draw: st.DrawFn, stores: list[tuple[str, str]], whole: bool) -> list[Cells]:
    """What is in store; it may break the store's limits."""
    return [{"mineral": m, "site": s, "tonnes": draw(tonnes(5, whole))} for m, s in some(draw, stores, 2)]


def inbound_rows(draw: st.DrawFn, stores: list[tuple[str, str]], weeks: int, whole: bool) -> list[Cells]:
    """Orders under way, some after the plan."""
    keys = [(m, s, w) for m, s in stores for w in range(1, weeks + 2)]
    return [
        {"mineral": m, "site": s, "week": w, "tonnes": draw(tonnes(4, whole)), "due_usd": draw(one_of(0, 40))}
        for m, s, w in some(draw, keys, 2)
    ]


def prior_rows(draw: st.DrawFn, offers: list[Cells], whole: bool) -> list[Cells]:
    """Prior tickets of any size, also of an offer and in weeks that are gone."""
    keys = [(name, w) for name in [*(o["offer"] for o in offers), "gone"] for w in (1, 2, 3)]
    return [{"offer": o, "week": w, "tonnes": draw(tonnes(6, whole))} for o, w in some(draw, keys, 3)]


def target_rows(draw: st.DrawFn, minerals: list[str], weeks: int) -> list[Cells]:
    """Targets in any week, those of zero days included."""
    keys = [(m, w) for m in minerals for w in range(1, weeks + 1)]
    return [
        {"mineral": m, "week": w, "days": draw(one_of(5, 0, 9)), "must_days": draw(seldom(None, 1))}
        for m, w in some(draw, keys, 3)
    ]


def withdrawal_rows(draw: st.DrawFn, minerals: list[str], weeks: int, lots_only: bool) -> list[Cells]:
    """Withdrawals, under `lots_only` at most one a mineral."""
    each = 1 if lots_only else 2
    keys = [(m, k) for m in minerals for k in range(each)]
    return [
        {
            "withdrawal": f"{m}{k}",
            "mineral": m,
            "week": draw(st.integers(1, weeks)),
            "tonnes": draw(tonnes(4, lots_only)),
            "pays_usd_per_t": draw(one_of(0, 80, 150)),
        }
        for m, k in some(draw, keys, 2)
    ]


def member_tables(
    draw: st.DrawFn,
    withdrawals: list[Cells],
    minerals: list[str],
    stores: Sequence[tuple[str, str]],
    weeks: int,
    whole: bool,
) -> dict[str, list[Cells]]:
    """Withdrawals of members, taken, lent or sold; what the members may draw, and what they owe.

    Where tonnes are whole, so is what comes back: with no premium, or as much again.
    """
    names = ["motor", "engine"]
    asked = []
    for row in withdrawals:
        kind = draw(one_of("take", "loan", "sale"))
        loan = {
            "repay_week": row["week"] + draw(st.integers(1, 2)),
            "premium_pct": draw(one_of(0, 100) if whole else one_of(0, 12.5)),
        }
        pays = None if kind == "sale" and draw(st.booleans()) else row["pays_usd_per_t"]
        member = draw(one_of("motor", "engine", None))
        terms = {"member": member, "kind": kind, "pays_usd_per_t": pays}
        asked.append({**row, **terms, **(loan if kind == "loan" else {})})
    entitled = [
        {
            "member": name,
            "mineral": mineral,
            "tonnes": draw(one_of(None, 2, 4)),
            "max_week_t": draw(one_of(None, 1, 3)),
            "inventory_usd_per_t": draw(one_of(None, 60)),
        }
        for name in names
        for mineral in minerals
        if draw(st.booleans())
    ]
    owed = [
        {"member": "motor", "mineral": m, "week": draw(st.integers(1, weeks + 1)), "site": s}
        | {"tonnes": draw(tonnes(2, whole))}
        for m, s in some(draw, list(stores), 1)
    ]
    listed = [{"member": name, "priority": draw(one_of(5, 1))} for name in names if draw(st.booleans())]
    return {"withdrawals": asked, "members": listed, "entitlements": entitled, "owed": owed}


def leaving_tables(
    draw: st.DrawFn, minerals: list[str], houses: list[str], weeks: int, whole: bool
) -> dict[str, list[Cells]]:
    """Who would buy, what can be made of what, and what stands for what; where tonnes are whole all are in lots."""
    bids = [
        {
            "bid": f"{m}-{k}",
            "house": houses[0],
            "mineral": m,
            "price_usd_per_t": draw(one_of(60, None, 250)),
            "premium_pct": draw(one_of(0, -10)),
            "lot_t": draw(one_of(1, 2) if whole else one_of(None, 1, 1.5)),
            "min_t": draw(one_of(0, 2)),
            "max_week_t": draw(one_of(2, None, 3)),
            "max_t": draw(one_of(None, 3)),
            "from_week": draw(st.integers(1, weeks)),
            "fee_usd": draw(one_of(0, 20)),
        }
        for m in minerals
        for k in range(2)
        if draw(seldom(False, True))
    ]
    for bid in bids:
        if bid["max_week_t"] is not None or bid["max_t"] is not None:
            bid["surplus"] = "yes" if draw(st.booleans()) else "no"
    pairs = [(a, b) for a in minerals for b in minerals if a != b]
    conversions = []
    for source, into in some(draw, pairs, 1):
        yields = draw(one_of(1, 0.5, 2))
        conversions.append(
            {
                "conversion": "works",
                "from": source,
                "to": into,
                "yield": yields,
                "fee_usd_per_t": draw(one_of(0, 10)),
                "capacity_t_per_week": draw(one_of(2, 3)),
                "lead_weeks": draw(one_of(0, 1)),
                "lot_t": (2 if yields == 0.5 else 1) if whole else draw(one_of(None, 1)),
            }
        )
    substitutes = [
        {"mineral": a, "by": b, "factor": draw(one_of(1, 2, 0.5)), "max_share": draw(one_of(None, 0.5, 0.25))}
        for a, b in some(draw, pairs, 1)
    ]
    return {"bids": bids, "conversions": conversions, "substitutes": substitutes}


def aged(draw: st.DrawFn, minerals: list[Cells], stock: list[Cells]) -> dict[str, list[Cells]]:
    """The same minerals, some of them with a shelf life, and the same stock with its age."""
    return {
        "minerals": [{**m, "shelf_weeks": draw(one_of(None, 1, 2, 3))} for m in minerals],
        "stock": [{**row, "age_weeks": draw(one_of(0, 1, 2))} for row in stock],
    }


def volatility_rows(draw: st.DrawFn, minerals: list[str]) -> list[Cells]:
    """How much each price moves."""
    return [{"mineral": m, "volatility_pct": draw(one_of(20, 0, 80))} for m in minerals if draw(st.booleans())]


def correlation_rows(draw: st.DrawFn, minerals: list[str]) -> list[Cells]:
    """How the two prices move together."""
    if len(minerals) < 2 or not draw(st.booleans()):
        return []
    return [{"mineral": minerals[0], "other": minerals[1], "correlation": draw(one_of(0.5, -1, 0.9))}]


def future_rows(moving: list[Cells], weeks: int) -> list[Cells]:
    """As it stands, and each price that moves dearer: what is drawn already says all of it, so no draw is added."""
    dear = [
        {"future": f"dear {row['mineral']}", "probability": 0.25, "known_week": None if n else min(2, weeks + 1)}
        for n, row in enumerate(moving)
    ]
    return [{"future": "as it stands", "in_transit": "refund", "note": "nothing new"}, *dear] if dear else []


def future_change_rows(moving: list[Cells]) -> list[Cells]:
    """The prices of those futures, and what they are multiplied by."""
    return [
        {"future": f"dear {row['mineral']}", "n": n, "change": f"minerals.{row['mineral']}.price_usd_per_t=*1.{n}"}
        for row in moving
        for n in (1, 2)
    ]


def hazard_rows(moving: list[Cells], houses: list[str]) -> list[Cells]:
    """A house that may sell less in any week."""
    change = f"houses.{houses[0]}.weekly_capacity_t=1"
    return [{"hazard": "strike", "change": change, "chance": 0.1}] if len(moving) > 1 else []
