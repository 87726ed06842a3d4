"""shares, ceiling, market and split."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, by, decide

ORIGINS = [
    {"origin": "peru", "group": "south"},
    {"origin": "chile", "group": "south"},
    {"origin": "japan", "group": "north"},
]
OFFERS: list[dict[str, Any]] = [
    {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "peru"},
    {"offer": "b", "house": "mercuria", "mineral": "tin", "origin": "chile", "order_fee_usd": 50},
    {"offer": "c", "house": "hartree", "mineral": "tin", "origin": "japan"},
    {"offer": "d", "house": "traxys", "mineral": "lead", "origin": "japan"},
]
PLAN = decide(orders=[("a", 1, 5), ("b", 1, 3), ("c", 2, 2), ("d", 1, 20)])
"""Tin: 5 + 3 + 2 t. Order cash: 500 + (300 + 50) + 200 for tin, 20 * 10 for lead: 1250 USD."""


def shared(*shares: tuple[str, str, str, float | None, float | None], **tin: Any) -> Problem:
    """Four offers, two minerals, and these shares (mineral, by, name, min, max)."""
    return make_problem(
        {"max_market_share": 0.2},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, **tin},
            {"mineral": "lead", "price_usd_per_t": 10},
        ],
        houses=[{"house": h} for h in ("traxys", "mercuria", "hartree")],
        offers=OFFERS,
        origins=ORIGINS,
        shares=[
            {"mineral": m, "by": by, "name": n, "min_share": low, "max_share": high} for m, by, n, low, high in shares
        ],
    )


def test_a_share_is_of_the_minerals_tonnes() -> None:
    """Traxys has 5 of 10 t of tin, its lead left out: 0.1 over 0.4; peru the same by origin; south has 8 of 10."""
    problem = shared(
        ("tin", "house", "traxys", None, 0.4),
        ("tin", "origin", "peru", None, 0.45),
        ("tin", "group", "south", None, 0.8),
    )
    assert by(problem, "shares", PLAN) == {
        "share_max[tin,house,traxys]": Fraction("0.1"),
        "share_max[tin,origin,peru]": Fraction("0.05"),
    }
    assert by(problem, "shares", PLAN, WEEKLY.without("shares")) == {}


def test_a_least_share_is_reached_or_nothing_is_bought() -> None:
    """Hartree has 2 of 10 t against 0.3; with nothing bought nothing is missing."""
    problem = shared(("tin", "house", "hartree", 0.3, None))
    assert by(problem, "shares", PLAN) == {"share_min[tin,house,hartree]": Fraction("0.1")}
    assert by(problem, "shares") == {}
    assert by(problem, "shares", decide(orders=[("a", 1, 1)])) == {"share_min[tin,house,hartree]": Fraction("0.3")}


def test_a_share_of_everything_is_in_order_cash() -> None:
    """Traxys has 700 of 1250 USD, mercuria 350 with its fee."""
    problem = shared(("*", "house", "traxys", None, 0.5), ("*", "group", "north", 0.4, None))
    # 700 / 1250 = 0.56; north: 200 + 200 of 1250 = 0.32
    assert by(problem, "shares", PLAN) == {
        "share_max[*,house,traxys]": Fraction("0.06"),
        "share_min[*,group,north]": Fraction("0.08"),
    }


def test_a_share_of_nothing_allows_none() -> None:
    """A largest share of 0 bars a tonne."""
    problem = shared(("tin", "house", "hartree", None, 0))
    assert by(problem, "shares", PLAN) == {"share_max[tin,house,hartree]": Fraction("0.2")}


def test_a_mineral_is_not_piled_up() -> None:
    """At most 4 days of 1 t; 5 t are put away in week 1."""
    problem = shared(max_days=4)
    plan = decide(orders=[("a", 1, 5)], puts=[("tin", "store", 1, 5)])
    assert by(problem, "ceiling", plan) == {"cover_ceiling[tin,1]": 1, "cover_ceiling[tin,2]": 1}
    assert by(problem, "ceiling", plan, WEEKLY.without("ceiling")) == {}


def test_a_start_over_the_ceiling_sets_it() -> None:
    """6 t in store against 4 t, 1 t inbound in week 2: 6 and 7 t are the limits, a tonne more is over them."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "max_days": 4}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 6}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 1}],
    )
    assert by(problem, "ceiling") == {}
    plan = decide(orders=[("a", 1, 1)], puts=[("tin", "store", 1, 1)])
    assert by(problem, "ceiling", plan) == {"cover_ceiling[tin,1]": 1, "cover_ceiling[tin,2]": 1}


def test_a_mineral_without_use_has_no_ceiling() -> None:
    """No days, no ceiling."""
    problem = make_problem(minerals=[{"mineral": "tin", "price_usd_per_t": 100, "max_days": 0}])
    assert by(problem, "ceiling", decide(orders=[("a", 1, 5)], puts=[("tin", "store", 1, 5)])) == {}


def test_orders_are_a_small_part_of_the_market() -> None:
    """0.2 of 35 t a week are 7 t; 5 + 3 t are ordered in week 1, of all houses."""
    problem = shared(market_t_per_week=35)
    assert by(problem, "market", PLAN) == {"market_week[tin,1]": 1}
    assert by(problem, "market", PLAN, WEEKLY.without("market")) == {}


def test_a_mineral_comes_from_several_houses() -> None:
    """3 houses are to have a quarter each: 5, 3 and 2 of 10 t are two such houses."""
    problem = shared(min_houses=3, split_min_share=0.25)
    assert by(problem, "split", PLAN) == {"split_min_houses[tin]": 1}
    assert by(problem, "split") == {}
    assert by(problem, "split", PLAN, WEEKLY.without("split")) == {}


def test_exactly_the_least_part_counts() -> None:
    """2 of 10 t are a fifth."""
    assert by(shared(min_houses=3, split_min_share=0.2), "split", PLAN) == {}


def test_a_house_that_sells_nothing_supplies_no_part() -> None:
    """Even where the least part is nothing: two houses are asked, one sells."""
    problem = shared(min_houses=2, split_min_share=0)
    assert by(problem, "split", decide(orders=[("a", 1, 5)])) == {"split_min_houses[tin]": 1}


def test_a_mineral_comes_from_not_too_many_houses() -> None:
    """Three have a ticket for tin, two may; the limit is tin's alone."""
    assert by(shared(max_houses=2), "split", PLAN) == {"split_max_houses[tin]": 1}
