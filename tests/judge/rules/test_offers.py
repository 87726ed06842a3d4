"""offers: lots, minimum, maximum, window, arrival, and who is exempt."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

import pytest

from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, by, decide


def of(head: dict[str, Any] | None = None, prior: int = 0, **columns: Any) -> Problem:
    """Offer `a` of tin with these columns, in 4 weeks; `prior` tonnes of it stand in week 1."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", **columns}]
    rows = [{"offer": "a", "week": 1, "tonnes": prior}] if prior else []
    return make_problem({"weeks": 4, **(head or {})}, offers=offers, prior=rows)


@pytest.mark.parametrize(
    ("columns", "order", "row", "exceeded"),
    [
        ({"min_order_t": 5}, ("a", 1, 3), "order_min[a,1]", 2),
        ({"max_week_t": 5}, ("a", 1, 8), "order_max[a,1]", 3),
        ({"max_week_t": 0}, ("a", 1, 8), "order_max[a,1]", 8),
        ({"max_t": 5}, ("a", 1, 8), "offer_max[a]", 3),
        ({"from_week": 3}, ("a", 1, 8), "order_window[a,1]", 2),
        ({"to_week": 2}, ("a", 3, 8), "order_window[a,3]", 1),
        ({"lead_weeks": 3}, ("a", 2, 8), "order_arrival[a,2]", 1),
    ],
)
def test_an_order_outside_its_offer(
    columns: dict[str, Any], order: tuple[str, int, int], row: str, exceeded: int
) -> None:
    """Each limit of an offer is one row, and gone when the rule is off."""
    problem, plan = of(**columns), decide(orders=[order])
    assert by(problem, "offers", plan) == {row: exceeded}
    assert by(problem, "offers", plan, WEEKLY.without("offers")) == {}


def test_at_its_limits_an_order_stands() -> None:
    """5 t where 5 t is the least and the most, in the only week, arriving in the last."""
    problem = of(min_order_t=5, max_week_t=5, max_t=5, from_week=2, to_week=2, lead_weeks=2)
    assert by(problem, "offers", decide(orders=[("a", 2, 5)])) == {}


def test_offers_are_taken_in_whole_lots() -> None:
    """3.2 t are 0.2 t over six lots of half a tonne; so are they with the rule off, for lots are what an order is."""
    problem, plan = of(lot_t=0.5), decide(orders=[("a", 1, "3.2")])
    assert by(problem, "offers", plan, WEEKLY.without("offers")) == by(problem, "offers", plan)
    assert {row: float(t) for row, t in by(problem, "offers", plan).items()} == {"order_lots[a,1]": 0.2}


def test_less_than_a_lot_is_no_lot() -> None:
    """0.1 t of a 0.5 t lot is 0.1 t over none."""
    assert list(by(of(lot_t=0.5), "offers", decide(orders=[("a", 1, "0.1")]))) == ["order_lots[a,1]"]


def test_the_most_over_the_plan_counts_every_week() -> None:
    """4 + 3 + 2 are 2 t over 7 t."""
    plan = decide(orders=[("a", 1, 4), ("a", 2, 3), ("a", 4, 2)])
    assert by(of(max_t=7), "offers", plan) == {"offer_max[a]": 2}


def test_a_frozen_ticket_is_exempt_and_counts() -> None:
    """9 t stand in week 1, over every limit of the offer; another tonne in week 2 is over what then may be had."""
    columns = {"min_order_t": 10, "max_week_t": 8, "lot_t": 2, "from_week": 2, "lead_weeks": 9, "max_t": 6}
    problem = of({"frozen_weeks": 1}, prior=9, **columns)
    assert by(problem, "offers", decide(orders=[("a", 1, 9)])) == {}
    assert by(problem, "offers", decide(orders=[("a", 1, 9), ("a", 2, 1)]))["offer_max[a]"] == 1


def test_nothing_is_exempt_where_frozen_is_off() -> None:
    """The same 9 t are over the 8 t a week once the rule `frozen` is off."""
    problem = of({"frozen_weeks": 1}, prior=9, max_week_t=8)
    plan = decide(orders=[("a", 1, 9)])
    assert by(problem, "offers", plan) == {}
    assert by(problem, "offers", plan, WEEKLY.without("frozen")) == {"order_max[a,1]": 1}


def test_one_part_in_a_million_is_no_breach() -> None:
    """5 t over by 5e-6 t is at the margin, by 6e-6 t over it."""
    assert by(of(max_week_t=5), "offers", decide(orders=[("a", 1, "5.000005")])) == {}
    assert list(by(of(max_week_t=5), "offers", decide(orders=[("a", 1, "5.000006")]))) == ["order_max[a,1]"]
