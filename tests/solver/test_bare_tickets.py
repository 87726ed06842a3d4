"""Tickets for their fee alone: of a gram where that is a plan, and none where the first gram breaks a share of the tonnes."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.errors import InfeasibleError
from orebook.formulation.build import build
from orebook.problem import Problem
from tests.builders import make_problem
from tests.formulation.models import model
from tests.formulation.rows import rows

LEAD = {"offer": "lead", "house": "glencore", "mineral": "lead", "lot_t": 1, "max_week_t": 20}
TIN = {"offer": "tin", "house": "traxys", "mineral": "tin", "max_week_t": 20, "order_fee_usd": 100}
SHARES = [
    {"mineral": "*", "by": "house", "name": "traxys", "min_share": 0.05},
    {"mineral": "tin", "by": "house", "name": "glencore", "min_share": 0.05},
]
"""A twentieth of all money goes to traxys, which sells tin alone; a twentieth of the tin to glencore, which has none."""


def _fees(lead: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """Lead for 100 USD/t, of which 1 t a day is used; an order of tin has a fee of 100 USD."""
    minerals = [
        {"mineral": "lead", "daily_use_t": 1, "price_usd_per_t": 100},
        {"mineral": "tin", "price_usd_per_t": 100},
    ]
    return make_problem(
        {"weeks": 1},
        minerals=minerals,
        houses=[{"house": "traxys"}, {"house": "glencore"}],
        offers=tables.pop("offers", [{**LEAD, **(lead or {})}, TIN]),
        shares=tables.pop("shares", SHARES),
        **tables,
    )


def test_no_fee_is_paid_for_an_order_that_no_plan_has() -> None:
    """10 t of lead would do; but no gram of tin can be had, so no lead: all 10 days are short, all critical. Proven."""
    plan = orebook.solve(_fees(), model("offers", "shares", stages=("cover", "cost")), gap=0.0, audit=False)
    assert [(s.value, s.bound) for s in plan.document.stages] == [(50, 50), (0, 0)]
    assert plan.document.tickets == ()
    assert plan.status == "optimal"


def test_a_clash_that_an_order_without_tonnes_would_settle_is_one() -> None:
    """10 t of lead are committed: a twentieth of that money cannot go to traxys."""
    with pytest.raises(InfeasibleError) as clash:
        orebook.solve(_fees({"commit_t": 10}), model("offers", "shares", "commit", stages=("cost",)), audit=False)
    assert {r.row for r in clash.value.clash.rows} == {
        "commitment[lead]",
        "share_min[*,house,traxys]",
        "share_min[tin,house,glencore]",
    }


def test_policy_that_gives_way_takes_what_it_asks_of_tickets_along() -> None:
    """One row will do: the share of the money, all of it, or the share of the tin, all of it, and the fee for a gram of tin."""
    problem = _fees({"commit_t": 10})
    plan = orebook.solve(problem, model("offers", "commit", policy=("shares",), stages=("cost",)), gap=0.0, audit=False)
    (gave,) = plan.document.given_up
    assert gave.by == pytest.approx(0.05, rel=1e-6)
    assert plan.status == "optimal"
    usd = {"share_min[*,house,traxys]": 1000.0, "share_min[tin,house,glencore]": 1100.0001}[gave.row]
    assert plan.document.stages[0].value == pytest.approx(usd, abs=0.01)


def test_a_gram_is_ordered_where_its_fee_is_cheaper_than_tonnes() -> None:
    """traxys is to have a twentieth of the money, and no more tin than glencore: tin for 10 and for 20 USD is committed.

    By tonnes alone x = 0.05 * (1000 + 2 x), with as much from glencore: 1,111.11 USD. With a fee of 45 USD it is 1,075, and a
    gram of tin.
    """
    tin = {"mineral": "tin", "max_week_t": 20}
    problem = _fees(
        offers=[
            {**LEAD, "commit_t": 10},
            {**tin, "offer": "a", "house": "traxys", "commit_t": 0.1},
            {**tin, "offer": "b", "house": "traxys", "order_fee_usd": 45},
            {**tin, "offer": "c", "house": "glencore", "commit_t": 0.2},
        ],
        shares=[SHARES[0], {"mineral": "tin", "by": "house", "name": "traxys", "max_share": 0.5}],
    )
    plan = orebook.solve(problem, model("offers", "shares", "commit", stages=("cost",)), gap=0.0, audit=False)
    assert {t.offer: t.tonnes for t in plan.document.tickets} == {"lead": 10, "a": 0.1, "b": 1e-6, "c": 0.2}
    assert plan.document.stages[0].value == pytest.approx(1075.0001, abs=1e-6)
    assert plan.status == "optimal"


def test_a_ticket_lets_another_be_only_on_the_other_side_of_a_share() -> None:
    """Of a largest share others must have a ticket, of a least one those who are named; of all or nothing, nobody helps."""
    loose = {"mineral": "tin", "max_week_t": 20, "order_fee_usd": 1}
    offers = [{**loose, "offer": o, "house": h} for o, h in (("a", "traxys"), ("b", "glencore"))]
    money = {"mineral": "*", "by": "house", "name": "traxys", "max_share": 0.9}

    def tickets(**share: float) -> list[str]:
        shares = [money, {"mineral": "tin", "by": "house", "name": "traxys", **share}]
        formulation = build(_fees(offers=offers, shares=shares), model("offers", "shares"))
        return [r for r in rows(formulation, "orders") if r.startswith("share_ticket")]

    assert tickets(max_share=0.5) == ["share_ticket[max,tin,house,traxys,a,1]: order[a,1,0] - order[b,1,0] <= 0"]
    assert tickets(min_share=0.5) == ["share_ticket[min,tin,house,traxys,b,1]: -order[a,1,0] + order[b,1,0] <= 0"]
    assert tickets(max_share=0.0) == ["share_ticket[max,tin,house,traxys,a,1]: order[a,1,0] <= 0"]
    assert tickets(min_share=1.0) == ["share_ticket[min,tin,house,traxys,b,1]: order[b,1,0] <= 0"]


@pytest.mark.parametrize(
    "least", [{"lot_t": 1}, {"min_order_t": 1}, {"order_fee_usd": 0}], ids=["lots", "least", "no fee"]
)
def test_orders_whose_ticket_is_worth_nothing_have_no_such_rows(least: dict[str, float]) -> None:
    """Whole lots and least orders have tonnes, and a ticket without a fee pays nobody."""
    formulation = build(_fees(offers=[LEAD, {**TIN, **least}]), model("offers", "shares"))
    assert not [r for r in rows(formulation, "orders") if r.startswith("share_ticket")]


def test_houses_of_a_split_have_a_ticket_each() -> None:
    """Tin is to come from two houses, a third each; a fee for nothing would count for money, and makes nobody a supplier.

    10 t of lead and the fee of traxys need a gram of tin, and that one of glencore's: 1,200.0002 USD and more.
    """
    minerals = [
        {"mineral": "lead", "price_usd_per_t": 100},
        {"mineral": "tin", "price_usd_per_t": 100, "min_houses": 2, "split_min_share": 0.3},
    ]
    offers = [{**LEAD, "commit_t": 10}, TIN, {**TIN, "offer": "other", "house": "glencore"}]
    problem = make_problem(
        {"weeks": 1},
        minerals=minerals,
        houses=[{"house": "traxys"}, {"house": "glencore"}],
        offers=offers,
        shares=SHARES[:1],
    )
    plan = orebook.solve(problem, model("offers", "shares", "split", "commit", stages=("cost",)), gap=0.0, audit=False)
    assert {t.offer for t in plan.document.tickets} == {"lead", "tin", "other"}
    assert plan.document.stages[0].value == pytest.approx(1200.0002, abs=0.001)
    assert plan.status == "optimal"
