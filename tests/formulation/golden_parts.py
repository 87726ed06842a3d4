"""The tiny problems of the golden files of parts and stages."""

from __future__ import annotations

from orebook.problem import Problem
from tests.builders import make_problem
from tests.formulation.golden_tables import HARTREE, TRAXYS, cobalt, offer, tin


def prices() -> Problem:
    """Every term of a price, and every mechanism of a floor."""
    return make_problem(
        {"weeks": 1},
        houses=[{**TRAXYS, "commission_pct": 2}, HARTREE],
        offers=[
            offer("a", premium_pct=5, premium_usd_per_t=-1, freight_usd_per_t=3, origin="chile"),
            offer("b", price_usd_per_t=90, origin="peru"),
            offer("c", price_usd_per_t=80, origin="japan"),
            offer("d", house="hartree", origin="korea"),
            offer("e", price_usd_per_t=80, origin="brazil"),
            offer("f", price_usd_per_t=80, origin="canada"),
            offer("g", price_usd_per_t=120, origin="sweden"),
        ],
        tiers=[
            {"offer": "d", "from_t": 0, "discount_pct": -10},
            {"offer": "d", "from_t": 5, "to_t": 8, "discount_pct": 0},
            {"offer": "d", "from_t": 10, "discount_pct": 4},
        ],
        origins=[
            {"origin": "chile", "group": "south"},
            {"origin": "peru", "group": "south"},
            {"origin": "japan"},
            {"origin": "korea"},
            {"origin": "brazil"},
            {"origin": "canada"},
            {"origin": "sweden", "group": "north"},
        ],
        duties=[
            {"origin": "brazil", "mineral": "tin", "duty_pct": 10},
            {"origin": "canada", "mineral": "tin", "duty_pct": 10},
            {"origin": "sweden", "mineral": "tin", "duty_pct": 10},
            {"origin": "south", "mineral": "tin", "duty_pct": 50},
            {"origin": "chile", "mineral": "*", "duty_pct": 10},
        ],
        floors=[
            {"mineral": "tin", "origin": "peru", "floor_usd_per_t": 96, "mechanism": "minimum"},
            {"mineral": "tin", "origin": "japan", "floor_usd_per_t": 95, "mechanism": "cfd"},
            {"mineral": "tin", "origin": "korea", "floor_usd_per_t": 100, "mechanism": "reject"},
            {"mineral": "tin", "floor_usd_per_t": 70, "mechanism": "reject"},
            {"mineral": "tin", "origin": "brazil", "floor_usd_per_t": 100, "mechanism": "levy"},
            {"mineral": "tin", "origin": "canada", "floor_usd_per_t": 100, "mechanism": "cfd", "payer": "other"},
            {"mineral": "tin", "origin": "sweden", "floor_usd_per_t": 100, "mechanism": "cfd", "upside_pct": 50},
            {"mineral": "tin", "origin": "north", "floor_usd_per_t": 100, "mechanism": "cfd", "payer": "other"},
        ],
    )


def links() -> Problem:
    """Offers with and without lots, at one tier and tier after tier."""
    return make_problem(
        {"weeks": 1},
        houses=[{**TRAXYS, "engage_fee_usd": 50}, HARTREE],
        offers=[
            offer("a", lot_t=1, min_order_t=2),
            offer("b", house="hartree", max_week_t=8),
            offer("c", house="hartree", max_week_t=12, min_order_t=3, discount="incremental"),
            offer("d", house="hartree", max_week_t=12, lot_t=2.5, discount="incremental"),
        ],
        tiers=[
            {"offer": "a", "from_t": 0, "discount_pct": 0},
            {"offer": "a", "from_t": 5, "discount_pct": 10},
            {"offer": "c", "from_t": 0, "discount_pct": 0},
            {"offer": "c", "from_t": 4, "discount_pct": 5},
            {"offer": "c", "from_t": 9, "discount_pct": 10},
            {"offer": "d", "from_t": 0, "discount_pct": 0},
            {"offer": "d", "from_t": 4, "discount_pct": 5},
        ],
    )


def goods() -> Problem:
    """Two stores of which one takes no tin but has some; goods under way, and a withdrawal."""
    return make_problem(
        minerals=[tin(critical_days=3)],
        offers=[offer("a", lot_t=2, lead_weeks=1)],
        sites=[{"site": "main"}, {"site": "old", "accepts": "special"}],
        stock=[{"mineral": "tin", "site": "old", "tonnes": 3}],
        inbound=[{"mineral": "tin", "site": "main", "week": 2, "tonnes": 2, "due_usd": 40}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4}],
        funding=[{"source": "capital"}, {"source": "loan", "limit_usd": 500, "drawn_usd": 100}],
    )


def money() -> Problem:
    """Part payment, fees, dues, carrying costs: `goods` with more to pay. A house engaged before has no fee again."""
    return make_problem(
        {"max_houses": 2},
        minerals=[tin(m3_per_t=2)],
        houses=[
            {**TRAXYS, "commission_pct": 2, "engage_fee_usd": 50},
            {**HARTREE, "engage_fee_usd": 70, "engaged": "yes"},
        ],
        offers=[
            offer("a", lot_t=2, lead_weeks=1, pay_on_order_pct=30, order_fee_usd=10),
            offer("b", house="hartree", order_fee_usd=5),
        ],
        tiers=[{"offer": "b", "from_t": 0, "discount_pct": 0}, {"offer": "b", "from_t": 5, "discount_pct": 10}],
        sites=[{"site": "main", "handling_usd_per_t": 3, "rent_usd_per_m3_week": 0.5}, {"site": "annex"}],
        inbound=[{"mineral": "tin", "site": "main", "week": 2, "tonnes": 2, "due_usd": 40}],
        funding=[{"source": "capital"}, {"source": "loan", "rate_pct": 5.2, "drawn_usd": 100}],
    )


def returns() -> Problem:
    """A withdrawal that pays in week 2 of 3, and a loan that ends then and has every fee, some of it drawn before."""
    return make_problem(
        {"weeks": 3, "budget_usd": 1000},
        offers=[offer("a", lot_t=2, max_week_t=20)],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
        funding=[
            {"source": "capital"},
            {
                "source": "loan",
                "limit_usd": 500,
                "rate_pct": 5.2,
                "drawn_usd": 100,
                "to_week": 2,
                "undrawn_pct": 2.6,
                "draw_fee_pct": 1,
            },
        ],
    )


def loans() -> Problem:
    """Two loans of tin, one back in week 2 with a premium of 25 %, one after the plan; a ceiling; an offer that arrives."""
    return make_problem(
        {"weeks": 2},
        minerals=[tin(daily_use_t=2, max_days=8)],
        offers=[offer("a", lot_t=2, max_week_t=2)],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 14}],
        withdrawals=[
            {"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 4, "kind": "loan"}
            | {"repay_week": 2, "premium_pct": 25},
            {"withdrawal": "k", "mineral": "tin", "week": 1, "tonnes": 1, "kind": "loan", "repay_week": 3},
        ],
    )


def targets() -> Problem:
    """A target, one of zero days, in two stores; withdrawals with and without a use."""
    return make_problem(
        minerals=[tin(daily_use_t=2, critical_days=3, criticality=3), cobalt(value_usd_per_day=300)],
        sites=[{"site": "main"}, {"site": "annex"}],
        prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 110}],
        targets=[{"mineral": "tin", "week": 1, "days": 5}, {"mineral": "tin", "week": 2, "days": 0}],
        withdrawals=[
            {"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4},
            {"withdrawal": "k", "mineral": "cobalt", "week": 1, "tonnes": 1},
        ],
    )


def changes() -> Problem:
    """Prior orders that can stand, that cannot, and of an offer that is gone."""
    return make_problem(
        offers=[offer("a", lot_t=2, max_week_t=10), offer("b", max_week_t=10)],
        prior=[
            {"offer": "a", "week": 1, "tonnes": 6},
            {"offer": "a", "week": 2, "tonnes": 5},
            {"offer": "b", "week": 1, "tonnes": 4},
            {"offer": "gone", "week": 1, "tonnes": 3},
        ],
    )
