"""Frozen tickets are facts: a limit that they alone are over becomes what they come to, and nothing more is added."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.verdict import verify
from tests.builders import make_problem

WEEKLY = orebook.read_model("weekly")
TIN = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}
A = {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "peru"}
B = {"offer": "b", "house": "hartree", "mineral": "tin", "origin": "chile"}


def frozen(head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """20 t of tin are wanted; 5 t of offer `a` are ordered in week 1 and stand; `b` of another house offers tin too."""
    return make_problem(
        {"weeks": 3, "target_days": 20, "frozen_weeks": 1, **(head or {})},
        **{
            "minerals": [TIN],
            "houses": [{"house": "traxys"}, {"house": "hartree"}],
            "offers": [A, B],
            "prior": [{"offer": "a", "week": 1, "tonnes": 5}],
            **tables,
        },
    )


def solved(problem: Problem) -> Plan:
    """The plan: it keeps the frozen ticket, gives up no row, and holds as it is written."""
    plan = orebook.solve(problem, audit=False)
    assert plan.document.status == "optimal"
    assert not plan.document.given_up
    assert verify(problem, plan.document, WEEKLY).ok
    assert [(t.offer, t.tonnes) for t in plan.document.tickets if t.week == 1] == [("a", 5)]
    return plan


def bought(problem: Problem) -> dict[str, float]:
    """Tonnes by offer."""
    found: dict[str, float] = {}
    for ticket in solved(problem).document.tickets:
        found[ticket.offer] = found.get(ticket.offer, 0) + ticket.tonnes
    return found


@pytest.mark.parametrize(
    ("head", "tables"),
    [
        pytest.param({}, {"offers": [{**A, "max_t": 3}, B]}, id="max_t"),
        pytest.param({}, {"houses": [{"house": "traxys", "capacity_t": 3}, {"house": "hartree"}]}, id="capacity"),
        pytest.param({}, {"houses": [{"house": "traxys", "max_spend_usd": 3}, {"house": "hartree"}]}, id="spend"),
        pytest.param({}, {"shares": [{"mineral": "tin", "by": "origin", "name": "peru", "max_share": 0}]}, id="share"),
        pytest.param({}, {"shares": [{"mineral": "*", "by": "house", "name": "traxys", "max_share": 0}]}, id="cash"),
    ],
)
def test_of_one_offer(head: dict[str, Any], tables: dict[str, Any]) -> None:
    """Limits of `a`, its house or origin, below what stands of it: 5 t of it, 15 of the other."""
    assert bought(frozen(head, **tables)) == {"a": 5, "b": 15}


@pytest.mark.parametrize(
    ("head", "tables"),
    [
        pytest.param({"budget_usd": 300}, {}, id="budget"),
        pytest.param({}, {"releases": [{"week": 1, "usd": 300}]}, id="released"),
        pytest.param({}, {"minerals": [{**TIN, "budget_usd": 300}]}, id="mineral's budget"),
        pytest.param({}, {"minerals": [{**TIN, "max_days": 3}]}, id="ceiling"),
        pytest.param({}, {"minerals": [{**TIN, "m3_per_t": 1}], "sites": [{"site": "s", "capacity_m3": 3}]}, id="room"),
        pytest.param({}, {"sites": [{"site": "s", "max_value_usd": 300}]}, id="value"),
        pytest.param({"max_houses": 1}, {"offers": [{**A, "max_t": 5}, B]}, id="houses engaged"),
        pytest.param({}, {"minerals": [{**TIN, "max_houses": 1}], "offers": [{**A, "max_t": 5}, B]}, id="split"),
    ],
)
def test_of_all_that_is_bought(head: dict[str, Any], tables: dict[str, Any]) -> None:
    """Limits of the whole plan that 5 t already come to, or are over: nothing more is bought."""
    assert bought(frozen(head, **tables)) == {"a": 5}


@pytest.mark.parametrize(
    ("head", "tables"),
    [
        pytest.param({"max_market_share": 1}, {"minerals": [{**TIN, "market_t_per_week": 3}]}, id="market"),
        pytest.param(
            {}, {"houses": [{"house": h, "weekly_capacity_t": 3} for h in ("traxys", "hartree")]}, id="house's week"
        ),
        pytest.param({}, {"sites": [{"site": "s", "inbound_t_per_week": 3}]}, id="intake"),
    ],
)
def test_of_a_week(head: dict[str, Any], tables: dict[str, Any]) -> None:
    """3 t a week (from each of two houses 3): the 5 t of week 1 stand, and the others keep it."""
    found = solved(frozen(head, **tables)).document.tickets
    later = {w: sum(t.tonnes for t in found if t.week == w) for w in (2, 3)}
    most = 6 if "houses" in tables else 3
    assert later == {2: most, 3: most}


def test_a_share_that_later_orders_can_keep_is_kept_as_it_is() -> None:
    """At most half from peru: 5 t stand, and with 15 t of the other it is a quarter; `a` is cheaper, so 5 more are of it."""
    offers = [{**A, "price_usd_per_t": 50}, B]
    shares = [{"mineral": "tin", "by": "origin", "name": "peru", "max_share": 0.5}]
    assert bought(frozen(offers=offers, shares=shares)) == {"a": 10, "b": 10}


def test_a_least_share_that_cannot_be_had_stands_where_nothing_more_is_bought_against_it() -> None:
    """Half is to be from chile, which can deliver 2 t: with the 5 t from peru that share cannot be had. 2 t are bought of it
    and nothing more from peru; no row is given up."""
    shares = [{"mineral": "tin", "by": "origin", "name": "chile", "min_share": 0.5}]
    assert bought(frozen(offers=[A, {**B, "max_t": 2}], shares=shares)) == {"a": 5, "b": 2}


@pytest.mark.parametrize(("most_of_b", "found"), [(None, {"a": 5, "b": 15}), (0, {"a": 5})])
def test_a_split_that_frozen_tickets_alone_break(most_of_b: float | None, found: dict[str, float]) -> None:
    """Two houses are to sell tin, and one has the ticket that stands: with the other there are two; else no more is bought."""
    minerals = [{**TIN, "min_houses": 2}]
    offers = [{**A, "price_usd_per_t": 150}, {**B, "max_week_t": most_of_b}]
    assert bought(frozen(minerals=minerals, offers=offers)) == found


def test_goods_of_frozen_tickets_fill_the_stores_by_name_and_the_largest_takes_the_rest() -> None:
    """5 t of 1 m3 in stores of 1 and 2 m3: the larger one's limit becomes 4 m3, and the plan has no other way."""
    problem = frozen(
        minerals=[{**TIN, "m3_per_t": 1}],
        sites=[{"site": "east", "capacity_m3": 1}, {"site": "west", "capacity_m3": 2}],
    )
    plan = solved(problem)
    put: dict[str, float] = {}
    for p in plan.document.puts:
        put[p.site] = put.get(p.site, 0) + p.tonnes
    assert put == {"east": 1, "west": 4}


def test_the_own_plan_frozen_is_solved_again() -> None:
    """vault-small: its own tickets, frozen in all weeks, are the plan again, however near its limits grams take it."""
    problem = orebook.read("instances/vault-small")
    plan = orebook.solve(problem, audit=False)
    content = problem.document.model_dump(mode="json", exclude_none=True)
    content["prior"] = [{"offer": t.offer, "week": t.week, "tonnes": t.tonnes} for t in plan.document.tickets]
    content["instance"]["frozen_weeks"] = problem.weeks
    again = orebook.solve(problem_of(Document.model_validate(content)), audit=False)
    tickets = [[(t.offer, t.week, t.tonnes) for t in p.document.tickets] for p in (plan, again)]
    assert tickets[0] == tickets[1]
