"""Stock that ages, bids, conversions and substitutes, solved: the contract's cases by hand and what rounding must keep."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.plan import Plan
from orebook.problem import Problem
from tests.builders import make_problem

A = {"mineral": "a", "daily_use_t": 1, "price_usd_per_t": 100}
B = {"mineral": "b", "daily_use_t": 1, "price_usd_per_t": 100}
NOTHING = [{"offer": "o", "house": "traxys", "mineral": "a", "max_t": 0}]


def in_store(**tonnes: float) -> list[dict[str, Any]]:
    """Stock in the one store."""
    return [{"mineral": mineral, "site": "store", "tonnes": t} for mineral, t in tonnes.items()]


def solved(problem: Problem) -> Plan:
    """To the last cent, audited, and verified."""
    plan = orebook.solve(problem, gap=0)
    verdict = orebook.verify(problem, plan)
    assert plan.document.status == "optimal"
    assert plan.document.audited is True
    assert [b for b in verdict.breaches if b.rule != "shelf"] == []
    assert verdict.differences == ()
    return plan


def test_half_of_what_is_converted_comes_back_a_week_later() -> None:
    """40 t of a, of which 10 are wanted; 40 t of b are: 30 t converted by week 2 give 15, and 25 t stay short."""
    problem = make_problem(
        {"weeks": 3},
        minerals=[{**A, "target_days": 10}, {**B, "target_days": 40}],
        offers=NOTHING,
        stock=in_store(a=40),
        conversions=[{"conversion": "c", "from": "a", "to": "b", "yield": 0.5, "lead_weeks": 1, "fee_usd_per_t": 3}],
    )
    plan = solved(problem)
    assert sum(c.tonnes for c in plan.document.conversions) == 30
    assert sum(c.gives_t for c in plan.document.conversions) == 15
    assert max(c.week for c in plan.document.conversions) <= 2
    assert {c.mineral: c.stock_t for c in plan.document.cover} == {"a": 10, "b": 15}
    assert (plan.costs.conversion_fees_usd, plan.costs.total_usd) == (90, 90)


def test_a_chain_of_conversions_is_put_away_to_the_gram() -> None:
    """3 t of a make 0.999999 t of b, which make 0.333332 t of c: in whole grams each, the last part of one is lost."""
    problem = make_problem(
        {"weeks": 3, "target_days": 0},
        minerals=[A, B, {"mineral": "c", "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 9}],
        offers=NOTHING,
        stock=in_store(a=3),
        conversions=[
            {"conversion": "first", "from": "a", "to": "b", "yield": 0.333333, "lead_weeks": 1},
            {"conversion": "second", "from": "b", "to": "c", "yield": 0.333333},
        ],
    )
    plan = solved(problem)
    assert sum(c.gives_t for c in plan.document.conversions if c.conversion == "first") == pytest.approx(0.999999)
    assert plan.document.cover[-1].stock_t == pytest.approx(0.333332)


def test_a_substitute_helps_up_to_its_part() -> None:
    """20 of 60 t of a, 80 of 60 t of b, half a tonne for one, a quarter at most: 20 t of b stand for 10 t of a."""
    problem = make_problem(
        {"target_days": 60},
        minerals=[{**A, "critical_days": 10}, B],
        offers=NOTHING,
        stock=in_store(a=20, b=80),
        substitutes=[{"mineral": "a", "by": "b", "factor": 0.5, "max_share": 0.25}],
    )
    short = {c.mineral: c for c in solved(problem).document.cover}
    assert [(s.by, s.tonnes) for s in short["a"].stand_in] == [("b", 20)]
    assert (short["a"].short_days, short["b"].short_days, short["b"].own_t) == (30, 0, 60)


def test_where_nothing_can_leave_the_rule_gives_way_by_what_lapses() -> None:
    """30 t of age 1 and 20 of age 0 lapse in 3 weeks; nobody buys: 50 t, and all of 10 days short but what is bought."""
    problem = make_problem(
        {"weeks": 3},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "shelf_weeks": 2}],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 30, "age_weeks": 1},
            {"mineral": "tin", "site": "store", "tonnes": 20},
        ],
    )
    plan = solved(problem)
    assert [(g.rule, g.row, g.by, g.unit) for g in plan.document.given_up] == [("shelf", "shelf_lapsed[tin]", 50, "t")]
    assert sum(t.tonnes for t in plan.document.tickets) == 10
    assert [(w.week, w.tonnes) for w in plan.document.waste] == [(2, 30), (3, 50)]


def test_no_fee_is_paid_for_a_sale_of_nothing() -> None:
    """A loan may give 60 % of all draws: a fee of 20 USD, drawn elsewhere for nothing sold, is no help to it."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "shelf_weeks": 1}],
        stock=in_store(tin=5),
        funding=[{"source": "loan", "max_share": 0.6}, {"source": "own"}],
        bids=[{"bid": "b", "house": "traxys", "mineral": "tin", "price_usd_per_t": 1, "fee_usd": 20, "max_week_t": 2}],
    )
    plan = solved(problem)
    paid = {(s.bid, s.week) for s in plan.document.sales}
    assert plan.costs.sale_fees_usd == 20 * len(paid)


def test_a_sale_of_now_is_the_same_in_every_future() -> None:
    """5 t are there, and 5 t more in week 2. `y` pays 49 now; `x` takes 5 t in all at 50 now, or in week 2 at 80 or at nothing.

    To y now, and to x in week 2: 245 + 400 or 245. Known to be bad x would be sold to now, for 250: but that is not known.
    """
    problem = make_problem(
        minerals=[{"mineral": "tin", "price_usd_per_t": 100}],
        stock=in_store(tin=5),
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 5}],
        bids=[
            {"bid": "x", "house": "traxys", "mineral": "tin", "max_t": 5, "surplus": "yes"}
            | {"premium_usd_per_t": -50},
            {
                "bid": "y",
                "house": "traxys",
                "mineral": "tin",
                "price_usd_per_t": 49,
                "to_week": 1,
                "max_t": 5,
                "surplus": "yes",
            },
        ],
        futures=[{"future": "bad", "known_week": 2}, {"future": "good", "known_week": 2}],
        future_changes=[
            {"future": "bad", "n": 1, "change": "bids.x.price_usd_per_t=0"},
            {"future": "good", "n": 1, "change": "bids.x.price_usd_per_t=80"},
        ],
    )
    hedged = orebook.hedge(problem, gap=0)
    sold = {
        name: [(s.bid, s.week, s.tonnes) for s in plan.document.sales if s.usd] for name, plan in hedged.plans.items()
    }
    assert sold == {"bad": [("y", 1, 5)], "good": [("y", 1, 5), ("x", 2, 5)]}


@pytest.mark.parametrize("yields", [0.5, 2.0])
def test_a_bid_for_what_can_be_made_is_filled_from_what_it_is_made_of(yields: float) -> None:
    """b sells at 100 USD, a costs 10 and 10 to convert: 4 t of b are made of 4 / yield t of a, bought by the lot of 1 t."""
    problem = make_problem(
        minerals=[{"mineral": "a", "price_usd_per_t": 10}, {"mineral": "b", "price_usd_per_t": 100}],
        offers=[{"offer": "o", "house": "traxys", "mineral": "a", "lot_t": 1, "max_week_t": 8}],
        bids=[{"bid": "x", "house": "traxys", "mineral": "b", "max_t": 4, "surplus": "yes"}],
        conversions=[{"conversion": "c", "from": "a", "to": "b", "yield": yields, "fee_usd_per_t": 10}],
    )
    plan = solved(problem)
    assert sum(t.tonnes for t in plan.document.tickets) == 4 / yields
    assert sum(s.tonnes for s in plan.document.sales) == 4
    assert plan.costs.total_usd == pytest.approx(20 * 4 / yields - 400)
