"""The tiny problems of the golden files of rules."""

from __future__ import annotations

from orebook.problem import Problem
from tests.builders import make_problem
from tests.formulation.golden_tables import HARTREE, TRAXYS, cobalt, offer, tin


def offers() -> Problem:
    """Windows, leads, sizes, and a maximum over the plan."""
    return make_problem(
        {"weeks": 4},
        offers=[
            offer("a", lot_t=2, min_order_t=3, max_week_t=11, max_t=14, from_week=2, to_week=3, lead_weeks=1),
            offer("b", max_week_t=10, max_t=20, lead_weeks=1, origin="chile"),
        ],
        origins=[{"origin": "chile", "extra_lead_weeks": 1}],
    )


def eligibility() -> Problem:
    """An offer for each reason not to buy, and for each way to pass."""
    return make_problem(
        {"weeks": 3, "max_restricted_content_pct": 0.1, "min_esg_score": 40},
        offers=[
            offer("a", origin="chile"),
            offer("b", origin="peru", lead_weeks=1),
            offer("c", restricted_content_pct=0.2),
            offer("d", restricted_content_pct=0.2, licensed="yes"),
            offer("e", esg_score=30),
            offer("f", restricted_content_pct=0.1, esg_score=40),
        ],
        origins=[{"origin": "chile", "barred": "yes"}, {"origin": "peru", "barred_from_week": 3}],
    )


def storage() -> Problem:
    """Every limit of a store, some of them broken at the start."""
    return make_problem(
        minerals=[
            tin(m3_per_t=0.5),
            cobalt(price_usd_per_t=1000, m3_per_t=2, storage_class="special"),
        ],
        offers=[offer("a", lot_t=1), offer("b", mineral="cobalt", max_week_t=2)],
        prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 110}],
        sites=[
            {
                "site": "main",
                "capacity_m3": 5,
                "inbound_t_per_week": 8,
                "max_value_usd": 600,
                "accepts": "general",
            },
            {"site": "vault", "capacity_m3": 9, "max_value_usd": 2500},
        ],
        stock=[
            {"mineral": "tin", "site": "main", "tonnes": 4},
            {"mineral": "cobalt", "site": "vault", "tonnes": 3},
        ],
        inbound=[{"mineral": "tin", "site": "main", "week": 2, "tonnes": 8}],
    )


def budget() -> Problem:
    """A budget, releases, and a budget of one mineral."""
    return make_problem(
        {"budget_usd": 1000},
        minerals=[tin(budget_usd=700), cobalt()],
        houses=[{**TRAXYS, "commission_pct": 2}],
        offers=[
            offer("a", lot_t=5, order_fee_usd=10, freight_usd_per_t=3, origin="chile"),
            offer("b", mineral="cobalt"),
        ],
        duties=[{"origin": "chile", "mineral": "tin", "duty_pct": 10}],
        releases=[{"week": 1, "usd": 300}, {"week": 2, "usd": 500}, {"week": 3, "usd": 900}],
    )


def funding() -> Problem:
    """A source with a share, and a loan with a limit that opens late."""
    return make_problem(
        funding=[
            {"source": "capital", "max_share": 0.75, "drawn_usd": 20},
            {"source": "loan", "limit_usd": 500, "drawn_usd": 100, "from_week": 2},
        ],
    )


def houses() -> Problem:
    """A house with every limit, one with none, and one house at most."""
    return make_problem(
        {"max_houses": 1},
        houses=[{**TRAXYS, "weekly_capacity_t": 6, "capacity_t": 9, "max_spend_usd": 1200}, HARTREE],
        offers=[offer("a", lot_t=2, order_fee_usd=10), offer("b"), offer("c", house="hartree")],
    )


def commit() -> Problem:
    """A commitment, an offer without one, and one that cannot be kept."""
    return make_problem(
        offers=[offer("a", lot_t=2, commit_t=7), offer("b"), offer("c", commit_t=5, lead_weeks=5)],
    )


def must() -> Problem:
    """Least cover at two targets, in two stores, and of a mineral that nobody sells."""
    return make_problem(
        minerals=[tin(daily_use_t=2), cobalt(daily_use_t=1, must_days=4)],
        sites=[{"site": "main"}, {"site": "annex"}],
        targets=[
            {"mineral": "tin", "week": 1, "days": 10, "must_days": 3},
            {"mineral": "tin", "week": 2, "days": 10, "must_days": 5},
        ],
    )


def frozen() -> Problem:
    """A frozen ticket on the border of two tiers, of no whole lots, from an origin that is barred by now."""
    return make_problem(
        {"frozen_weeks": 1},
        offers=[offer("a", lot_t=2, origin="chile"), offer("b", lot_t=2)],
        tiers=[{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 7, "discount_pct": 10}],
        origins=[{"origin": "chile", "barred": "yes"}],
        prior=[{"offer": "a", "week": 1, "tonnes": 7}, {"offer": "a", "week": 2, "tonnes": 4}],
    )


def shares() -> Problem:
    """Shares of a mineral's tonnes, and of all money."""
    return make_problem(
        {"weeks": 1},
        minerals=[tin(), cobalt()],
        houses=[TRAXYS, HARTREE],
        offers=[
            offer("a", lot_t=2, order_fee_usd=10, origin="chile"),
            offer("b", house="hartree", origin="japan"),
            offer("c", house="hartree", mineral="cobalt", origin="peru"),
        ],
        origins=[{"origin": "chile", "group": "south"}, {"origin": "peru", "group": "south"}, {"origin": "japan"}],
        shares=[
            {"mineral": "tin", "by": "house", "name": "traxys", "min_share": 0.2, "max_share": 0.6},
            {"mineral": "tin", "by": "origin", "name": "japan", "min_share": 0, "max_share": 1},
            {"mineral": "*", "by": "group", "name": "south", "max_share": 0.5},
        ],
    )


def entitlement() -> Problem:
    """A loan that is back in week 3 and takes after it; a member without a row, one without limits, and nobody's draw."""
    draw = {"member": "motor", "mineral": "tin"}
    return make_problem(
        {"weeks": 3},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 99}],
        entitlements=[
            {**draw, "tonnes": 50, "max_week_t": 40},
            {"member": "free", "mineral": "tin"},
        ],
        withdrawals=[
            {"withdrawal": "a", **draw, "week": 1, "tonnes": 40, "kind": "loan", "repay_week": 3},
            {"withdrawal": "b", **draw, "week": 2, "tonnes": 20},
            {"withdrawal": "c", **draw, "week": 3, "tonnes": 45},
            {"withdrawal": "d", "member": "other", "mineral": "tin", "week": 1, "tonnes": 5},
            {"withdrawal": "e", "member": "free", "mineral": "tin", "week": 1, "tonnes": 5},
            {"withdrawal": "f", "mineral": "tin", "week": 1, "tonnes": 5},
        ],
    )


def bids() -> Problem:
    """A bid in lots with a fee and a least sale, one for what would lapse, one for surplus at a premium, one not open yet."""
    return make_problem(
        {"weeks": 2},
        minerals=[tin(shelf_weeks=1)],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 9},
            {"mineral": "tin", "site": "store", "tonnes": 4, "age_weeks": 1},
        ],
        bids=[
            {
                "bid": "lots",
                "house": "traxys",
                "mineral": "tin",
                "price_usd_per_t": 80,
                "lot_t": 2,
                "min_t": 3,
                "max_week_t": 7,
            }
            | {"max_t": 8, "fee_usd": 10, "surplus": "yes"},
            {"bid": "old", "house": "traxys", "mineral": "tin", "price_usd_per_t": 50, "to_week": 1},
            {"bid": "any", "house": "traxys", "mineral": "tin", "premium_pct": -10, "max_week_t": 5, "surplus": "yes"}
            | {"from_week": 2},
            {"bid": "late", "house": "traxys", "mineral": "tin", "from_week": 3},
        ],
    )


def convert() -> Problem:
    """In lots and loose, with and without a capacity, one that comes back after the plan."""
    return make_problem(
        {"weeks": 2},
        minerals=[tin(), cobalt(), {"mineral": "zinc", "price_usd_per_t": 10}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 9}, {"mineral": "zinc", "site": "store", "tonnes": 2}],
        conversions=[
            {
                "conversion": "a",
                "from": "tin",
                "to": "cobalt",
                "yield": 0.5,
                "fee_usd_per_t": 3,
                "lot_t": 4,
                "lead_weeks": 1,
            },
            {"conversion": "b", "from": "tin", "to": "cobalt", "yield": 0.25, "capacity_t_per_week": 5},
            {"conversion": "c", "from": "zinc", "to": "cobalt", "yield": 2, "lead_weeks": 2},
            {"conversion": "d", "from": "cobalt", "to": "zinc", "yield": 1, "lead_weeks": 2},
        ],
    )


def substitute() -> Problem:
    """Cobalt stands for tin in week 2, half a tonne for one, for a quarter of it; it has a target of its own and ages."""
    return make_problem(
        {"weeks": 2},
        minerals=[tin(daily_use_t=2, critical_days=3), cobalt(daily_use_t=1, shelf_weeks=1, critical_days=3)],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}, {"mineral": "cobalt", "site": "store", "tonnes": 30}],
        targets=[
            {"mineral": "tin", "week": 1, "days": 10},
            {"mineral": "tin", "week": 2, "days": 10, "must_days": 1},
            {"mineral": "cobalt", "week": 2, "days": 8, "must_days": 2},
        ],
        substitutes=[{"mineral": "tin", "by": "cobalt", "factor": 0.5, "max_share": 0.25}],
    )


def shelf() -> Problem:
    """Stock of two ages and goods under way, of which some lapse within 3 weeks; drawn, sold, converted; another is young."""
    return make_problem(
        {"weeks": 3},
        minerals=[tin(shelf_weeks=2), cobalt(shelf_weeks=9)],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 20},
            {"mineral": "tin", "site": "store", "tonnes": 30, "age_weeks": 1},
            {"mineral": "cobalt", "site": "store", "tonnes": 5},
        ],
        inbound=[
            {"mineral": "tin", "site": "store", "week": 1, "tonnes": 7},
            {"mineral": "tin", "site": "store", "week": 2, "tonnes": 8},
        ],
        bids=[{"bid": "old", "house": "traxys", "mineral": "tin", "price_usd_per_t": 50, "from_week": 3}],
        conversions=[{"conversion": "c", "from": "tin", "to": "cobalt", "yield": 1, "lead_weeks": 2}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 6}],
    )


def ceiling() -> Problem:
    """A ceiling that the goods under way break, one that the offers cannot reach, and a mineral without one."""
    return make_problem(
        minerals=[
            tin(daily_use_t=2, max_days=8),
            {"mineral": "zinc", "daily_use_t": 2, "max_days": 8, "price_usd_per_t": 10},
            cobalt(daily_use_t=1),
        ],
        offers=[
            offer("a", lot_t=1),
            offer("b", mineral="zinc", max_week_t=2),
            offer("c", mineral="cobalt"),
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 10}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 9}],
    )


def market() -> Problem:
    """A market that the offers could swamp, and one that they cannot."""
    return make_problem(
        {"max_market_share": 0.2},
        minerals=[tin(market_t_per_week=25), cobalt(market_t_per_week=1000)],
        offers=[offer("a", lot_t=2), offer("b"), offer("c", mineral="cobalt")],
    )


def split() -> Problem:
    """Tin from two houses of three, cobalt from one at most, zinc from any one."""
    return make_problem(
        {"weeks": 1},
        minerals=[
            tin(min_houses=2, max_houses=2, split_min_share=0.25),
            cobalt(max_houses=1),
            {"mineral": "zinc", "price_usd_per_t": 10, "min_houses": 1, "split_min_share": 0},
        ],
        houses=[TRAXYS, HARTREE, {"house": "mercuria"}],
        offers=[
            offer("a", lot_t=2),
            offer("b", house="hartree", max_week_t=8),
            offer("c", house="mercuria", lot_t=1, max_week_t=5),
            offer("d", mineral="cobalt"),
            offer("e", mineral="cobalt", house="hartree"),
            offer("f", mineral="zinc"),
        ],
    )
