"""What each stage minimises, by hand."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from orebook.exact import Fraction
from orebook.problem import Problem
from orebook.schema.model import Model, Weights
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, decide, judged

TWO = [
    {"mineral": "tin", "daily_use_t": 2, "price_usd_per_t": 100, "criticality": 3, "target_days": 40},
    {"mineral": "lead", "daily_use_t": 1, "price_usd_per_t": 10, "target_days": 20, "critical_days": 5},
]
STOCK = [{"mineral": "tin", "site": "store", "tonnes": 50}, {"mineral": "lead", "site": "store", "tonnes": 2}]


def short() -> Problem:
    """Tin: target 80 t, critical 60 t (30 days), 50 t there. Lead: target 20 t, critical 5 t, 2 t there."""
    return make_problem(minerals=TWO, stock=STOCK)


def test_cover_weighs_critical_days_on_top() -> None:
    """Tin is short of 30 t (15 days), 10 t (5 days) of them critical; lead of 18 days and 3 critical days."""
    # 3 * (15 + 4 * 5) + 1 * (18 + 4 * 3) = 105 + 30
    assert judged(short()).measures["cover"] == 135


def test_the_critical_part_is_no_more_than_the_target() -> None:
    """A target of 10 days is all critical: short of 10 days twice over, 10 + 4 * 10."""
    assert judged(make_problem()).measures["cover"] == 50


def test_fair_is_the_largest_part_short() -> None:
    """Tin lacks 30 of 80, lead 18 of 20."""
    assert judged(short()).measures["fair"] == Fraction(18, 20)


def test_a_target_of_zero_is_never_short() -> None:
    """With nothing but a target of zero days there is no fair measure, and cover is 0."""
    measures = judged(make_problem({"target_days": 0})).measures
    assert "fair" not in measures
    assert measures["cover"] == 0


def test_a_listed_target_is_looked_at_at_the_end_of_its_week() -> None:
    """12 days at the end of week 1 and 5 at the end of week 2; 10 t arrive in week 2."""
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 1}],
        targets=[{"mineral": "tin", "week": 1, "days": 12}, {"mineral": "tin", "week": 2, "days": 5}],
    )
    judgement = judged(problem, decide(orders=[("a", 1, 10)], puts=[("tin", "store", 2, 10)]))
    assert [(c.week, c.short_days, c.cover_days) for c in judgement.cover] == [(1, 12.0, 0.0), (2, 0.0, 10.0)]


def test_cover_is_told_in_days_and_tonnes() -> None:
    """Lead: 2 t are 2 days of the 20 wanted, 18 short and 3 of the critical 5 short."""
    lead = judged(short()).cover[0]
    assert (lead.mineral, lead.stock_t, lead.cover_days, lead.target_days) == ("lead", 2.0, 2.0, 20.0)
    assert (lead.short_days, lead.critical_short_days) == (18.0, 3.0)


def test_a_mineral_without_use_has_no_target() -> None:
    """Nobody uses it, so nothing is short."""
    problem = make_problem(minerals=[{"mineral": "tin", "price_usd_per_t": 100}])
    assert judged(problem).cover == ()


def test_unmet_is_in_weighted_days_of_use() -> None:
    """6 t of tin at 2 t a day are 3 days, of criticality 3; a third of it is served."""
    problem = make_problem(
        minerals=TWO, stock=STOCK, withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 6}]
    )
    assert judged(problem, decide(outs=[("j", "store", 2)])).measures["unmet"] == 6
    assert "unmet" not in judged(short()).measures


def test_a_tonne_is_a_day_of_a_mineral_without_use() -> None:
    """5 t not served of a mineral nobody uses: 5 days, each worth a tonne at the benchmark."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "price_usd_per_t": 100}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 5}],
    )
    measures = judged(problem).measures
    # value: no cost, 10 * 5 days * 100 USD
    assert (measures["unmet"], measures["value"]) == (5, 5000)


def test_value_prices_days_short_and_unmet() -> None:
    """A day of tin is worth 2 t * 100, a day of lead 70 as said; j lacks 2 days of tin in week 1, at 110."""
    problem = make_problem(
        minerals=[TWO[0], {**TWO[1], "value_usd_per_day": 70}],
        stock=STOCK,
        prices=[{"mineral": "tin", "week": w, "price_usd_per_t": p} for w, p in ((1, 110), (2, 100))],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 4}],
        inbound=[{"mineral": "tin", "site": "store", "week": 1, "tonnes": 0, "due_usd": 9}],
    )
    measures = judged(problem).measures
    # cost 9; tin (15 + 4 * 5) * 200 = 7000; lead (18 + 4 * 3) * 70 = 2100; unmet 10 * 2 days * 2 * 110 = 4400
    assert measures["cost"] == 9
    assert measures["value"] == 9 + 7000 + 2100 + 4400


def test_the_weights_are_the_models() -> None:
    """A critical weight of 0 leaves the days short: 3 * 15 + 18."""
    model: Model = WEEKLY.model_copy(update={"weights": Weights(critical_weight=0)})
    assert judged(short(), model=model).measures["cover"] == 63


def test_changes_count_orders_that_came_went_or_differ() -> None:
    """Two altered (one by two grams), one gone, one of an offer that is no more, one new; one stays to the gram."""
    problem = make_problem(
        {"weeks": 5},
        prior=[{"offer": "a", "week": w, "tonnes": 5} for w in (1, 2, 3, 5)] + [{"offer": "x", "week": 1, "tonnes": 1}],
    )
    plan = decide(orders=[("a", 1, 6), ("a", 2, "5.000001"), ("a", 4, 5), ("a", 5, "5.000002")])
    measures = judged(problem, plan).measures
    assert (measures["changes"], measures["tickets"]) == (5, 4)


def test_without_a_prior_plan_nothing_changes() -> None:
    """There is no `changes` measure to speak of."""
    assert "changes" not in judged(make_problem(), decide(orders=[("a", 1, 1)])).measures
