"""When targets are met again, and what leaves for its age: figures and words worked out by hand."""

from __future__ import annotations

import orebook
from orebook.problem import Problem
from tests.builders import make_problem

TIN = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}


def drawn(**tables: object) -> Problem:
    """20 t of tin, 10 days wanted; 15 t are drawn in week 1; 4 t a week can be bought, a week on the way; 4 weeks."""
    return make_problem(
        {"weeks": 4},
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 4, "lead_weeks": 1}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 20}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 15}],
        **tables,  # type: ignore[arg-type]
    )


def test_a_target_is_whole_from_the_week_from_which_it_stays_met() -> None:
    """5 t are left in week 1; 4 + 4 t can come by week 3: 13 days, so that it may be whole from week 3 on, no sooner."""
    (fact,) = orebook.explain(orebook.solve(drawn(), audit=False)).whole()
    assert fact.about.mineral == "tin"
    assert (fact.figures["target_days"], fact.figures["least_days"]) == (10, 5)
    assert fact.figures["whole_week"] >= fact.figures["soonest_week"] == 3  # type: ignore[operator]
    assert str(fact).startswith("tin has its 10.0 days again from week ")


def test_what_keeps_a_target_from_being_whole() -> None:
    """With 300 USD 3 t are bought: 8 of 10 days at the end, kept by money. With 1 t a week to be had, by the offers."""
    plan = orebook.solve(drawn().change("instance.budget_usd=300"), audit=False)
    (fact,) = orebook.explain(plan).whole()
    assert "whole_week" not in fact.figures
    assert (fact.figures["end_days"], fact.figures["soonest_week"], fact.about.against) == (8, 3, "money")
    (fact,) = orebook.explain(orebook.solve(drawn().change("offers.a.max_week_t=1"), audit=False)).whole()
    assert (fact.figures["end_days"], fact.about.against) == (8, "offers and lead times")
    assert str(fact) == (
        "tin is not whole again within the plan, with 8.0 of 10.0 days at its end; at least 5.0 in every week. "
        "What keeps it: offers and lead times, which bring enough in no week."
    )


def test_a_target_that_is_met_all_along_is_told_where_it_is_asked_about() -> None:
    """20 t are 20 days in every week."""
    plan = orebook.solve(make_problem(stock=[{"mineral": "tin", "site": "store", "tonnes": 20}]), audit=False)
    assert orebook.explain(plan).whole() == []
    (fact,) = orebook.explain(plan).whole("tin")
    assert str(fact) == "tin has its 10.0 days in every week."


def test_rotation_tells_how_goods_leave_and_what_lapses() -> None:
    """30 + 20 t would lapse; 6 t are taken, 4 t lent, 10 t sold and 5 t converted, all in week 1: 25 t lapse."""
    problem = make_problem(
        {"weeks": 3, "target_days": 0},
        minerals=[{**TIN, "shelf_weeks": 2}, {"mineral": "zinc", "price_usd_per_t": 1}],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 30, "age_weeks": 1},
            {"mineral": "tin", "site": "store", "tonnes": 20},
        ],
        withdrawals=[
            {"withdrawal": "taken", "mineral": "tin", "week": 1, "tonnes": 6},
            {"withdrawal": "lent", "mineral": "tin", "week": 1, "tonnes": 4, "kind": "loan", "repay_week": 9},
        ],
        bids=[{"bid": "b", "house": "traxys", "mineral": "tin", "max_t": 10, "to_week": 1}],
        conversions=[
            {"conversion": "c", "from": "tin", "to": "zinc", "yield": 1, "capacity_t_per_week": 5, "lead_weeks": 2}
        ],
    )
    (fact,) = orebook.explain(orebook.solve(problem, audit=False)).rotation()
    figures = {
        name: fact.figures[name] for name in ("would_lapse_t", "drawn_t", "lent_t", "sold_t", "converted_t", "lapses_t")
    }
    assert figures == {
        "would_lapse_t": 50, "drawn_t": 6, "lent_t": 4, "sold_t": 10, "converted_t": 5, "lapses_t": 25,
    }  # fmt: skip
    assert fact.method == "solve"
    assert str(fact).startswith(
        "50 t of tin would lapse in the plan if none left: 6 t are drawn by members, 4 t are lent, 10 t are sold, "
        "5 t are converted, 25 t lapse. Were goods let lapse, of every mineral: "
    )
