"""Each limit on one order, from the data; none of a rule that is off or may give way."""

from __future__ import annotations

from typing import Any

import pytest

from orebook.formulation.bounds import Bounds
from orebook.formulation.prices import PriceBook
from orebook.problem import Problem
from orebook.schema.rules import RuleName
from tests.builders import make_problem
from tests.formulation.models import model, slots


def bound(problem: Problem, *rules: RuleName, arrives: int = 1, landed: float = 100) -> float:
    """The most tonnes of an order of offer `a`."""
    return Bounds(problem, model(*rules), PriceBook(problem)).week_t(problem.offers["a"], arrives, landed)


def of(offer: dict[str, Any], head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """A problem with one offer, of no lots unless said otherwise."""
    return make_problem(head, offers=[{"offer": "a", "house": "traxys", "mineral": "tin", **offer}], **tables)


def test_own_maxima_bound_under_the_rule_offers() -> None:
    """The smaller of max_week_t and max_t holds; with the rule off neither does."""
    problem = of({"max_week_t": 20, "max_t": 14})
    assert bound(problem, "offers") == 14
    # off: the target of 10 t is all that anyone could want
    assert bound(problem) == pytest.approx(10)


def test_the_houses_capacity_bounds_under_the_rule_houses() -> None:
    """A week's capacity and the whole one, whichever is less."""
    problem = of({"max_week_t": 20}, houses=[{"house": "traxys", "weekly_capacity_t": 9, "capacity_t": 8}])
    assert bound(problem, "offers", "houses") == 8
    assert bound(problem, "offers") == 20


@pytest.mark.parametrize(
    ("head", "tables"),
    [
        ({"budget_usd": 550}, {}),
        (None, {"minerals": [{"mineral": "tin", "price_usd_per_t": 100, "budget_usd": 550}]}),
        (None, {"releases": [{"week": 1, "usd": 300}, {"week": 2, "usd": 250}, {"week": 3, "usd": 999}]}),
    ],
)
def test_a_budget_bounds_at_the_cheapest_price(head: dict[str, Any] | None, tables: dict[str, Any]) -> None:
    """550 USD in all, of the mineral, or released in the two weeks, buy 5.5 t at 100."""
    problem = of({"max_week_t": 20}, head, **tables)
    assert bound(problem, "offers", "budget") == pytest.approx(5.5)
    assert bound(problem, "offers") == 20


def test_what_a_house_is_given_bounds() -> None:
    """max_spend_usd of 550 buys 5.5 t at 100."""
    problem = of({"max_week_t": 20}, houses=[{"house": "traxys", "max_spend_usd": 550}])
    assert bound(problem, "offers", "houses") == pytest.approx(5.5)


def test_a_budget_of_cash_does_not_bound_what_falls_due_after_the_plan() -> None:
    """Arriving in week 3 of 2, a part of the price is no cash of the plan; the mineral's budget counts it all."""
    problem = of({"max_week_t": 20}, {"budget_usd": 550})
    assert bound(problem, "offers", "budget", arrives=3) == 20
    own = of({"max_week_t": 20}, minerals=[{"mineral": "tin", "price_usd_per_t": 100, "budget_usd": 550}])
    assert bound(own, "offers", "budget", arrives=3) == pytest.approx(5.5)


def test_a_budget_does_not_bound_where_some_order_pays_money_back() -> None:
    """With a tonne at -10 USD in a tier, any sum can be spent on another."""
    tiers = [{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 5, "discount_pct": 110}]
    assert bound(of({"max_week_t": 20}, {"budget_usd": 550}, tiers=tiers), "offers", "budget") == 20


def test_a_rule_that_may_give_way_bounds_nothing() -> None:
    """With the budget as policy the order is bounded by the offer alone."""
    problem = make_problem({"budget_usd": 550})
    assert slots(problem, "offers", "budget")["a", 1].high == 5
    assert slots(problem, "offers", policy=("budget",))["a", 1].high == 20


def test_rounding_never_costs_a_lot() -> None:
    """0.3 USD buy three lots of a tonne at 0.1, and 0.3 m3 take three of 0.1 m3, though in floats 0.3 / 0.1 < 3."""
    assert 0.3 / 0.1 < 3
    minerals = [{"mineral": "tin", "price_usd_per_t": 0.1, "m3_per_t": 0.1}]
    assert slots(make_problem({"budget_usd": 0.3}, minerals=minerals), "offers", "budget")["a", 1].high_lots == 3
    sites = [{"site": "store", "capacity_m3": 0.3}]
    assert slots(make_problem(minerals=minerals, sites=sites), "offers", "storage")["a", 1].high_lots == 3


def stored(sites: list[dict[str, Any]], **tables: Any) -> float:
    """The bound of an order that arrives in week 1; a tonne takes half a m3."""
    minerals = [{"mineral": "tin", "price_usd_per_t": 100, "m3_per_t": 0.5}]
    return bound(of({"max_week_t": 99}, minerals=minerals, sites=sites, **tables), "offers", "storage")


def test_room_bounds_what_arrives() -> None:
    """Each store takes its m3, or its week's intake; only those that accept the class count."""
    # 4 m3 are 8 t; 6 m3 would be 12 t, but 5 t a week are put away; 8 + 5
    sites: list[dict[str, Any]] = [
        {"site": "s", "capacity_m3": 4},
        {"site": "t", "capacity_m3": 6, "inbound_t_per_week": 5},
        {"site": "u", "accepts": "special"},
    ]
    assert stored(sites) == pytest.approx(13)
    assert stored(sites[2:]) == 0


def test_what_leaves_in_the_week_makes_room() -> None:
    """A withdrawal of 3 t in the week of arrival lets 8 + 3 t be put into 4 m3; one of another week does not."""
    sites = [{"site": "s", "capacity_m3": 4}]
    drawn = [{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 3}]
    assert stored(sites, withdrawals=drawn) == pytest.approx(11)
    assert stored(sites, withdrawals=[{**drawn[0], "week": 2}]) == pytest.approx(8)


def test_a_start_over_the_room_lifts_it() -> None:
    """6 t in stock and 4 t under way bring 5 m3 to a store of 4 m3, and that is what may be there."""
    tables: dict[str, Any] = {
        "stock": [{"mineral": "tin", "site": "s", "tonnes": 6}],
        "inbound": [{"mineral": "tin", "site": "s", "week": 2, "tonnes": 4}],
    }
    assert stored([{"site": "s", "capacity_m3": 4}], **tables) == pytest.approx(10)


def wanted(offer: dict[str, Any], **tables: Any) -> float:
    """What bounds an offer that no limit bounds; tin has a target of 10 t."""
    problem = of(offer, **tables)
    return Bounds(problem, model(), PriceBook(problem)).most_wanted_t(problem.offers["a"], 100)


def test_an_offer_without_limits_is_bounded_by_all_that_could_be_wanted() -> None:
    """Target, withdrawals, commitment, prior tickets and the least order at the last tier, added up."""
    # 10 + 3 withdrawn + 4 committed + 5 prior + a minimum of 2 + the last tier from 6 + a lot of 1 = 31
    assert wanted({}) == pytest.approx(10)
    more = wanted(
        {"commit_t": 4, "min_order_t": 2, "lot_t": 1},
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 3}],
        prior=[{"offer": "a", "week": 1, "tonnes": 5}, {"offer": "gone", "week": 1, "tonnes": 50}],
        tiers=[{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 6, "discount_pct": 5}],
    )
    assert more == pytest.approx(31)


def test_shares_can_make_one_want_more() -> None:
    """A ticket held to a part of all needs all to be as many times larger."""
    share = {"mineral": "tin", "by": "house", "name": "traxys"}
    assert wanted({}, shares=[{**share, "max_share": 0.25}]) == pytest.approx(40)
    assert wanted({}, shares=[{**share, "min_share": 0.2}]) == pytest.approx(50)
    # two least shares of 0.45 leave a tenth to the others
    both = [{**share, "min_share": 0.45}, {**share, "name": "hartree", "min_share": 0.45}]
    houses = [{"house": "traxys"}, {"house": "hartree"}]
    assert wanted({}, shares=both, houses=houses) == pytest.approx(100)


def test_a_split_can_make_one_want_more() -> None:
    """Houses that count with a tenth each: ten times the wanted."""
    minerals = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "min_houses": 2}]
    assert wanted({}, minerals=minerals) == pytest.approx(100)


def test_shares_of_all_money_count_the_other_minerals() -> None:
    """20 t of zinc wanted at 50 USD are worth 10 t of tin at 100; half of all money: twice 10 + 10 t."""
    problem = make_problem(
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100},
            {"mineral": "zinc", "daily_use_t": 2, "price_usd_per_t": 50},
        ],
        offers=[{"offer": o, "house": "traxys", "mineral": m} for o, m in (("a", "tin"), ("b", "zinc"))],
        shares=[{"mineral": "*", "by": "house", "name": "traxys", "max_share": 0.5}],
    )
    assert Bounds(problem, model(), PriceBook(problem)).most_wanted_t(problem.offers["a"], 100) == pytest.approx(40)
