"""The reserve itself: houses, stores, money, duties and limits. All of it assumed but where a source is named."""

from __future__ import annotations

from datetime import date

from instances.vault.make.numbers import sig

Row = dict[str, str | float | None]

START, WEEKS = date(2026, 2, 9), 13
MAX_MARKET_SHARE = 0.25
ASSUMED = {
    "instance": "frozen_weeks max_market_share max_houses",
    "minerals": "storage_class m3_per_t criticality must_days max_days budget_usd min_houses max_houses split_min_share"
    " market_t_per_week shelf_weeks",
    "use": "member",
    "houses": "commission_pct engaged weekly_capacity_t max_spend_usd engage_fee_usd",
    "offers": "price_usd_per_t premium_pct premium_usd_per_t min_order_t max_week_t max_t commit_t from_week to_week"
    " lead_weeks order_fee_usd freight_usd_per_t pay_on_order_pct discount restricted_content_pct licensed",
    "origins": "group barred extra_lead_weeks",
    "funding": "rate_pct max_share",
}
"""Columns without a source, by table, as the README lists them."""
ASSUMED_TABLES = (
    "tiers",
    "duties",
    "shares",
    "sites",
    "stock",
    "inbound",
    "releases",
    "targets",
    "members",
    "entitlements",
    "prior",
)
MARKS = [*(f"{table}.{column}" for table, columns in ASSUMED.items() for column in columns.split()), *ASSUMED_TABLES]
HEAD = f"""\
name = "vault"
title = "The reserve: thirteen weeks from 9 February 2026"
start = {START}
weeks = {WEEKS}
target_days = 60
budget_usd = 12_000_000_000
max_restricted_content_pct = 0.1
frozen_weeks = 0
max_market_share = {MAX_MARKET_SHARE}
max_houses = 3
assumed = "{"; ".join(MARKS)}"
"""

HOUSES: list[Row] = [
    {"house": "traxys", "commission_pct": 1.1, "engaged": "yes", "weekly_capacity_t": 260_000, "max_spend_usd": 5.5e9},
    {"house": "mercuria", "commission_pct": 1, "engaged": "yes", "weekly_capacity_t": 300_000, "max_spend_usd": 6e9},
    {"house": "hartree", "commission_pct": 0.95, "engage_fee_usd": 250_000, "weekly_capacity_t": 220_000},
]

SITES: list[Row] = [
    {"site": "new_orleans", "capacity_m3": 750_000, "inbound_t_per_week": 180_000, "handling_usd_per_t": 8,
     "rent_usd_per_m3_week": 3, "accepts": "general;dry;bulk"},
    {"site": "baltimore", "capacity_m3": 250_000, "inbound_t_per_week": 50_000, "handling_usd_per_t": 12,
     "rent_usd_per_m3_week": 4.2, "accepts": "general;dry"},
    {"site": "louisville", "capacity_m3": 300_000, "inbound_t_per_week": 50_000, "handling_usd_per_t": 11,
     "rent_usd_per_m3_week": 4, "accepts": "general"},
    {"site": "hammond", "capacity_m3": 40_000, "inbound_t_per_week": 8_000, "handling_usd_per_t": 14,
     "rent_usd_per_m3_week": 4.5, "accepts": "general;dry;hazard"},
    {"site": "houston", "capacity_m3": 4_500, "inbound_t_per_week": 1_500, "handling_usd_per_t": 25,
     "rent_usd_per_m3_week": 9, "accepts": "hazard;dry"},
    {"site": "tampa", "capacity_m3": 1_200_000, "inbound_t_per_week": 250_000, "handling_usd_per_t": 5,
     "rent_usd_per_m3_week": 0.3, "accepts": "bulk"},
    {"site": "wilmington", "capacity_m3": 600, "handling_usd_per_t": 250, "rent_usd_per_m3_week": 300,
     "max_value_usd": 2.4e9, "accepts": "secure"},
    {"site": "new_york", "capacity_m3": 300, "handling_usd_per_t": 300, "rent_usd_per_m3_week": 400,
     "max_value_usd": 1.8e9, "accepts": "secure"},
    {"site": "metropolis", "capacity_m3": 1_800, "inbound_t_per_week": 600, "handling_usd_per_t": 30,
     "rent_usd_per_m3_week": 12, "accepts": "nuclear"},
]  # fmt: skip

FUNDING: list[Row] = [
    {"source": "exim", "limit_usd": 10e9, "rate_pct": 5.1, "max_share": 0.86},
    {"source": "private", "limit_usd": 2e9, "rate_pct": 9},
]

RELEASES: list[Row] = [{"week": w, "usd": usd} for w, usd in ((1, 3e9), (4, 3.5e9), (7, 3e9), (10, 2.5e9))]

DUTIES: list[Row] = [
    {"origin": "china", "mineral": "*", "duty_pct": 25},
    {"origin": "other", "mineral": "chromium", "duty_pct": 1.9},
    {"origin": "other", "mineral": "copper", "duty_pct": 1},
    {"origin": "other", "mineral": "lead", "duty_pct": 2.5},
    {"origin": "other", "mineral": "magnesium", "duty_pct": 8},
    {"origin": "other", "mineral": "silicon_metal", "duty_pct": 5.5},
    {"origin": "other", "mineral": "titanium_sponge", "duty_pct": 15},
    {"origin": "other", "mineral": "vanadium", "duty_pct": 5.5},
    {"origin": "other", "mineral": "zinc", "duty_pct": 1.5},
    {"origin": "japan", "mineral": "titanium_sponge", "duty_pct": 15},
]

SHARES: list[Row] = [
    *({"mineral": "*", "by": "house", "name": h["house"], "max_share": 0.45} for h in HOUSES),
    {"mineral": "*", "by": "group", "name": "restricted", "max_share": 0.1},
    {"mineral": "cobalt", "by": "group", "name": "allied", "min_share": 0.4},
    {"mineral": "copper", "by": "origin", "name": "chile", "max_share": 0.55},
    {"mineral": "nickel", "by": "origin", "name": "canada", "max_share": 0.5},
    {"mineral": "niobium", "by": "origin", "name": "brazil", "max_share": 0.7},
    {"mineral": "palladium", "by": "origin", "name": "south_africa", "max_share": 0.6},
    {"mineral": "platinum", "by": "origin", "name": "south_africa", "max_share": 0.6},
    {"mineral": "tungsten", "by": "house", "name": "traxys", "max_share": 0.6},
    {"mineral": "uranium", "by": "origin", "name": "kazakhstan", "max_share": 0.3},
]

MEMBERS: list[Row] = [
    {"member": "defence", "priority": 1, "fee_usd_per_year": 6e6, "carry_share": 0.15},
    {"member": "power", "priority": 2, "fee_usd_per_year": 5e6, "carry_share": 0.15},
    {"member": "engines", "priority": 3, "fee_usd_per_year": 6e6, "carry_share": 0.15},
    {"member": "electronics", "priority": 3, "fee_usd_per_year": 8e6, "carry_share": 0.2},
    {"member": "cars", "priority": 4, "fee_usd_per_year": 8e6, "carry_share": 0.2},
    {"member": "steel", "priority": 5, "fee_usd_per_year": 3e6, "carry_share": 0.08},
    {"member": "chemicals", "priority": 5, "fee_usd_per_year": 3e6},
]
ENTITLED_DAYS, ENTITLED_DAYS_PER_WEEK = 45, 14
"""Days of its use that a member may draw of a mineral in all and in a week."""


def entitlement_rows(use: list[Row]) -> list[Row]:
    """What each member may draw of each mineral that it uses; it buys at the benchmark, as no inventory price is agreed."""
    return [
        {
            "member": row["member"],
            "mineral": row["mineral"],
            "tonnes": sig(ENTITLED_DAYS * float(row["daily_use_t"] or 0), 4),
            "max_week_t": sig(ENTITLED_DAYS_PER_WEEK * float(row["daily_use_t"] or 0), 4),
        }
        for row in use
    ]


TWO_TARGETS = {"antimony": 10, "cobalt": 10, "nickel": 7, "titanium_sponge": 5, "tungsten": 10}
"""Minerals wanted at 30 days by week 8 as well, with the must_days of week 13."""


def _target(mineral: str, week: int, days: float, must_days: float | None = None) -> Row:
    return {"mineral": mineral, "week": week, "days": days, "must_days": must_days}


TARGETS: list[Row] = [row for m, must in TWO_TARGETS.items() for row in (_target(m, 8, 30), _target(m, 13, 60, must))]

SHELF_WEEKS = {"lithium_carbonate": 104, "magnesium": 78}
"""It cakes with moisture; ingots corrode. What is in store now is new, so that nothing lapses within the plan."""
MUST_DAYS = {"aluminum": 10, "copper": 10, "gallium": 10, "germanium": 10, "graphite": 10, "ndpr": 10}
MAX_DAYS = {"bulk": 75, "dry": 90, "hazard": 90}
"""By storage class: what cakes, takes up water or is dangerous is not piled up."""
MAX_HOUSES = {"phosphate": 2, "potash": 2}
BUDGETS_USD = {"aluminum": 2.6e9, "copper": 3.5e9, "silver": 2.2e9}
RESTRICTED_MAX_SHARE = 0.3
"""Of the tonnes of a mineral that China controls, from the restricted group."""
