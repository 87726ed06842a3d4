"""Offers that pay for what is taken off their hands: order cash below 0, and the rules of shares and of money with it."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.formulation.build import build
from orebook.problem import Problem
from tests.builders import make_problem
from tests.formulation.models import model
from tests.formulation.rows import rows


def _taken(head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """Offer `a` of house `traxys` pays 50 USD for each of at most 20 t a week; house `glencore` sells nothing."""
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20}
    return make_problem(
        {"weeks": 1, **(head or {})},
        houses=tables.pop("houses", [{"house": "traxys"}, {"house": "glencore"}]),
        offers=tables.pop("offers", [{**offer, "premium_usd_per_t": -150}]),
        **tables,
    )


@pytest.mark.parametrize(
    ("house", "bound"), [("traxys", {"min_share": 0.25}), ("glencore", {"max_share": 0.75})], ids=["least", "most"]
)
def test_a_share_of_money_below_nothing_holds_as_it_is_written(house: str, bound: dict[str, float]) -> None:
    """-500 USD are less than a quarter of -500 USD, and 0 USD more than three: nothing is bought where no other pays."""
    problem = _taken(shares=[{"mineral": "*", "by": "house", "name": house, **bound}])
    strict = model("offers", "shares", stages=("cover",))
    plan = orebook.solve(problem, strict, gap=0.0, audit=False)
    assert plan.document.tickets == ()
    assert plan.status == "optimal"
    bought = orebook.solve(problem, model("offers", stages=("cover",)), gap=0.0, audit=False)
    decisions = orebook.verify(problem, bought.document, strict)
    assert [b.rule for b in decisions.breaches] == ["shares"]
    assert decisions.breaches[0].by > 0


def test_policy_on_money_below_nothing_gives_way() -> None:
    """10 t are committed that pay 500 USD: the share that rules them out gives way, by 3/4 of the money for 1/4 of it."""
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20, "commit_t": 10}
    shares = [{"mineral": "*", "by": "house", "name": "traxys", "min_share": 0.25}]
    problem = _taken(offers=[{**offer, "premium_usd_per_t": -150}], shares=shares)
    plan = orebook.solve(problem, model("offers", "commit", policy=("shares",), stages=("cost",)), gap=0.0, audit=False)
    assert [(g.row, g.by) for g in plan.document.given_up] == [("share_min[*,house,traxys]", 0.75)]
    assert [t.tonnes for t in plan.document.tickets] == [10]


def test_no_house_is_engaged_to_burn_money() -> None:
    """Money that comes in is drawn from no source; a fee of 500 USD to a house that sells nothing would take 10 t for it."""
    houses = [{"house": "traxys"}, {"house": "glencore", "engage_fee_usd": 500}]
    problem = _taken(houses=houses, funding=[{"source": "own"}])
    funded = model("offers", "funding", stages=("cover",))
    plan = orebook.solve(problem, funded, gap=0.0, audit=False)
    assert plan.document.tickets == ()
    assert "engaged_ticket[glencore]: engaged[glencore] <= 0" in rows(build(problem, funded), "orders")


def test_a_house_that_need_only_have_a_ticket_has_one_of_a_gram() -> None:
    """Tin is to come from two houses, the share of each may be 0 %: 10 t from one and a gram from the other will do."""
    problem = make_problem(
        {"weeks": 1},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "min_houses": 2, "split_min_share": 0}],
        houses=[{"house": "traxys"}, {"house": "glencore"}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20},
            {"offer": "b", "house": "glencore", "mineral": "tin", "max_week_t": 20, "price_usd_per_t": 900},
        ],
        sites=[{"site": "aside", "accepts": "bulk"}, {"site": "store"}],
    )
    plan = orebook.solve(problem, model("offers", "storage", "split", stages=("cover", "cost")), gap=0.0, audit=False)
    assert [(t.offer, t.tonnes) for t in plan.document.tickets] == [("a", 10), ("b", 1e-6)]
    assert {p.site for p in plan.document.puts} == {"store"}
    assert orebook.verify(problem, plan.document, plan.model).ok


def test_grams_leave_no_week_with_money_left_over() -> None:
    """10 t fill the store: `b` costs 86,000 USD/t, `a` pays 30,000, and no source takes what would be left over.

    2.5862068... t of `b` are paid for by 7.4137931... t of `a`. Both rounded up leave 2 cents over, both down 7.
    """
    problem = make_problem(
        {"weeks": 1, "target_days": 20},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 86_000, "m3_per_t": 1}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20, "premium_usd_per_t": -116_000},
            {"offer": "b", "house": "traxys", "mineral": "tin", "max_week_t": 20},
        ],
        sites=[{"site": "store", "capacity_m3": 10}],
        funding=[{"source": "own"}],
    )
    rules = model("offers", "storage", "funding", stages=("cover", "cost"))
    plan = orebook.solve(problem, rules, gap=0.0, audit=False)
    assert {t.offer: t.tonnes for t in plan.document.tickets} == {"a": 7.413793, "b": 2.586207}
    assert orebook.verify(problem, plan.document, rules).ok
