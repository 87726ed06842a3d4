"""A problem whose hedged plan is worked out by hand, with every fate that goods under way can have."""

from __future__ import annotations

from functools import cache
from typing import Any

import orebook
from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from tests.builders import make_problem

FATES: list[tuple[str, float, str, str]] = [
    ("bar", 0.1, "lost", "origins.china.barred=yes"),
    ("late", 0.1, "lost", "licence_delay(origin=china,weeks=1)"),
    ("refunded", 0.1, "refund", "origins.china.barred=yes"),
    ("too late", 0.1, "lost", "licence_delay(origin=china,weeks=2)"),
]
"""Future, probability, what becomes of goods under way, change; all known in week 2. What is left is as it stands."""


def fates(**tables: Any) -> Problem:
    """10 t of tin wanted at the end of week 4: from China at 100 USD/t in week 1 alone, or from Chile at 300 later.

    China's goods are two weeks on the way, 30 % is paid on order, the order's fee is 2 USD. Engaging the house in Chile costs
    50 USD, the one in China 20.
    """
    china = {"lead_weeks": 2, "pay_on_order_pct": 30, "order_fee_usd": 2, "to_week": 1, "origin": "china"}
    chile = {"price_usd_per_t": 300, "from_week": 2, "origin": "chile"}
    lots = {"mineral": "tin", "lot_t": 1, "max_week_t": 20}
    given: dict[str, Any] = {
        "offers": [{"offer": "a", "house": "east", **lots, **china}, {"offer": "b", "house": "west", **lots, **chile}],
        "houses": [{"house": "east", "engage_fee_usd": 20}, {"house": "west", "engage_fee_usd": 50}],
        "origins": [{"origin": "china", "group": "east"}, {"origin": "chile"}],
        "futures": [
            {"future": "as it stands"},
            *({"future": f, "probability": p, "known_week": 2, "in_transit": fate} for f, p, fate, _ in FATES),
        ],
        "future_changes": [{"future": f, "n": 1, "change": change} for f, _, _, change in FATES],
        **tables,
    }
    return make_problem({"weeks": 4}, **given)


@cache
def hedged_fates() -> HedgedPlan:
    """The hedged plan of `fates`, proven."""
    return orebook.hedge(fates(), gap=0.0, audit=False)


def later_news() -> Problem:
    """News in week 3: 8 t of tin from China are there by then, 4 t more are under way, 2 t are drawn in week 2; two stores.

    What is refunded is paid back to the loan that it came from.
    """
    china = {"lead_weeks": 1, "pay_on_order_pct": 50, "to_week": 2, "origin": "china", "max_week_t": 8}
    chile = {"price_usd_per_t": 300, "from_week": 3, "origin": "chile", "max_week_t": 20}
    lots = {"mineral": "tin", "lot_t": 1}
    return make_problem(
        {"weeks": 4},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 1}],
        offers=[{"offer": "a", "house": "east", **lots, **china}, {"offer": "b", "house": "west", **lots, **chile}],
        houses=[{"house": "east"}, {"house": "west", "engage_fee_usd": 50}],
        origins=[{"origin": "china", "group": "east"}, {"origin": "chile"}],
        sites=[{"site": "shed", "rent_usd_per_m3_week": 1}, {"site": "vault", "rent_usd_per_m3_week": 1}],
        withdrawals=[{"withdrawal": "w", "mineral": "tin", "week": 2, "tonnes": 2}],
        funding=[{"source": "loan", "rate_pct": 5.2, "limit_usd": 900}, {"source": "own", "rate_pct": 10.4}],
        futures=[
            {"future": "as it stands"},
            {"future": "bar", "probability": 0.2, "known_week": 3, "in_transit": "refund"},
            {"future": "late", "probability": 0.2, "known_week": 3},
        ],
        future_changes=[
            {"future": "bar", "n": 1, "change": "origins.china.barred=yes"},
            {"future": "late", "n": 1, "change": "licence_delay(origin=china,weeks=1)"},
        ],
    )


@cache
def hedged_later_news() -> HedgedPlan:
    """The hedged plan of `later_news`, with half the weight on the worst quarter."""
    return orebook.hedge(later_news(), tail=0.25, tail_weight=0.5, gap=0.0, audit=False)
