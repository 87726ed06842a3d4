"""The optima of problems from the literature, worked out from their tables without orebook and without a solver."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

PUBLISHED = Path(__file__).parents[2] / "instances" / "published"

Rows = list[dict[str, str]]
Cost = Callable[[float], float]


def rows(instance: str, table: str) -> Rows:
    """The rows of a table as the file has them; none where there is no such file."""
    path = PUBLISHED / instance / f"{table}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def expected_cost(instance: str) -> float:
    """The value that `expected.json` gives the stage `cost`."""
    expected = json.loads((PUBLISHED / instance / "expected.json").read_text(encoding="utf-8"))
    value: float = expected["stages"]["cost"]["value"]
    assert expected["published"] in (None, value)
    return value


def demands(instance: str) -> list[float]:
    """Tonnes withdrawn, by week."""
    return [float(r["tonnes"]) for r in sorted(rows(instance, "withdrawals"), key=lambda r: int(r["week"]))]


def cheapest_plan(demand: list[float], stock: int, order: Cost, keep: Cost, most_kept: int) -> float:
    """Least cost of meeting a demand by week, over whole units in store."""
    reached = {stock: 0.0}
    for tonnes in demand:
        after: dict[int, float] = {}
        for (held, spent), left in itertools.product(reached.items(), range(most_kept + 1)):
            ordered = left + int(tonnes) - held
            if ordered >= 0:
                cost = spent + order(ordered) + keep(left)
                after[left] = min(cost, after.get(left, cost))
        reached = after
    return min(reached.values())


def offer_cost(instance: str, offer: dict[str, str]) -> Cost:
    """USD for one order of an offer; infinite outside its minimum and maximum."""
    tiers = [t for t in rows(instance, "tiers") if t["offer"] == offer["offer"]]
    quote = float(offer["price_usd_per_t"])
    bounds = [float(t["from_t"]) for t in tiers] or [0.0]
    prices = [quote * (1 - float(t["discount_pct"]) / 100) for t in tiers] or [quote]
    ends = [*bounds[1:], float("inf")]
    fee = float(offer.get("order_fee_usd") or 0)
    least, most = float(offer.get("min_order_t") or 0), float(offer.get("max_week_t") or "inf")

    def cost(q: float) -> float:
        if q == 0:
            return 0.0
        if not least <= q <= most:
            return float("inf")
        if offer.get("discount") == "all_units":
            return fee + min(p * q for b, e, p in zip(bounds, ends, prices, strict=True) if b <= q <= e)
        return fee + sum(p * max(0.0, min(q, e) - b) for b, e, p in zip(bounds, ends, prices, strict=True))

    return cost


def corners(instance: str, offer: dict[str, str], most: float) -> list[float]:
    """The quantities of an offer at which its cost bends or jumps, up to `most`."""
    bends = [float(t["from_t"]) for t in rows(instance, "tiers") if t["offer"] == offer["offer"]]
    limits = [float(offer.get(c) or 0) for c in ("min_order_t", "max_week_t")]
    return sorted({q for q in (0.0, *bends, *limits, most) if q <= most})


def cheapest_award(instance: str, need: float, shares: dict[str, float]) -> float:
    """Least cost of `need` tonnes from the offers, each at a corner of its cost but for one that takes what is left.

    Costs are linear between corners, so an optimum is there; buying more than is needed is allowed.
    """
    offers = rows(instance, "offers")
    costs = [offer_cost(instance, o) for o in offers]
    caps = [shares.get(o["house"], 1.0) * need if shares else float("inf") for o in offers]
    grids = [corners(instance, o, min(c, float(o["max_week_t"]))) for o, c in zip(offers, caps, strict=True)]
    best = float("inf")
    for last in range(len(offers)):
        for picked in itertools.product(*(grids[:last] + grids[last + 1 :])):
            left = max(0.0, round(need - sum(picked), 6))
            if left <= caps[last]:
                quantities: Iterable[float] = (*picked[:last], left, *picked[last:])
                best = min(best, sum(c(q) for c, q in zip(costs, quantities, strict=True)))
    return best


def test_wagner_whitin_by_its_own_recursion() -> None:
    """The fees and demands of the twelve months cost 864 at least."""
    demand = demands("wagner-whitin")
    fees = [float(r["order_fee_usd"]) for r in rows("wagner-whitin", "offers")]
    # best[t] is the cost of the first t months; the last order is month s's, and month k's units wait k - s months
    best = [0.0]
    for t in range(1, len(demand) + 1):
        best.append(min(best[s] + fees[s] + sum((k - s) * demand[k] for k in range(s, t)) for s in range(t)))
    assert best[-1] == expected_cost("wagner-whitin") == 864


def test_winston_by_dynamic_programming() -> None:
    """Orders of at most 5 units and at most 4 kept cost 20 at least."""
    # 1, 5, 0, 4 units: 3 orders of 3, 10 units of 1, 2 kept for half a dollar: 9 + 10 + 1
    name = "winston-lot-sizing"
    site = rows(name, "sites")[0]
    rent, room = float(site["rent_usd_per_m3_week"]), int(site["capacity_m3"])
    order = offer_cost(name, rows(name, "offers")[0])
    assert cheapest_plan(demands(name), 0, order, lambda q: rent * q, room) == expected_cost(name) == 20


@pytest.mark.parametrize("instance", ["bid-evaluation", "two-vendors"])
def test_awards_to_the_cheapest_bids(instance: str) -> None:
    """No mix of bids, each at a corner but for one, is cheaper than the expected cost."""
    # bid-evaluation: a 33000 (2 021 805.84) + c 165600 (10 312 120.00) + e 41000.48 (2 876 183.672)
    # two-vendors: 7500 at 5, more than the 6000 that are needed
    cost = cheapest_award(instance, demands(instance)[0], {})
    assert cost == pytest.approx(expected_cost(instance), rel=1e-12)


def test_price_breaks_within_the_shares() -> None:
    """Suppliers held to 40, 35 and 40 % of 600 items cost 5435 at least."""
    # 240 of the first (2100), 210 of the second (1810), 150 of the third (1525)
    shares = {r["name"]: float(r["max_share"]) for r in rows("price-breaks", "shares")}
    need = float(rows("price-breaks", "minerals")[0]["daily_use_t"])
    assert cheapest_award("price-breaks", need, shares) == pytest.approx(expected_cost("price-breaks"), rel=1e-12)


def test_sailco_by_dynamic_programming() -> None:
    """Boats beyond 40 of a period at 350 instead of 400 cost 72 200 at least."""
    # 90 boats: 16000 + 17500; 100 boats: 16000 + 21000; 60 + 25 kept at 20: 1700
    stock = int(rows("sailco", "stock")[0]["tonnes"])
    rent = float(rows("sailco", "sites")[0]["rent_usd_per_m3_week"])
    build = offer_cost("sailco", rows("sailco", "offers")[0])
    demand = demands("sailco")
    assert cheapest_plan(demand, stock, build, lambda q: rent * q, int(sum(demand))) == expected_cost("sailco") == 72200


def test_warehouses_by_the_places_left() -> None:
    """Ten stores, each from one of five warehouses, cost 383 at least."""
    houses = rows("warehouse-location", "houses")
    places = tuple(int(h["capacity_t"]) for h in houses)
    reached = {places: 0.0}
    for store in rows("warehouse-location", "minerals"):
        offers = [o for o in rows("warehouse-location", "offers") if o["mineral"] == store["mineral"]]
        price = {o["house"]: float(o["price_usd_per_t"]) for o in offers}
        after: dict[tuple[int, ...], float] = {}
        for (left, spent), (i, house) in itertools.product(reached.items(), enumerate(houses)):
            if left[i]:
                opened = float(house["engage_fee_usd"]) if left[i] == places[i] else 0.0
                state = (*left[:i], left[i] - 1, *left[i + 1 :])
                cost = spent + opened + price[house["house"]]
                after[state] = min(cost, after.get(state, cost))
        reached = after
    assert min(reached.values()) == expected_cost("warehouse-location") == 383
