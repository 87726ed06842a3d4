"""What the hair of a kept stage is worth to the stages after it, and what of it the judge does not leave them."""

from __future__ import annotations

import pytest

import orebook
from tests.builders import make_problem
from tests.formulation.models import model


def test_a_hair_of_a_large_cost_is_used_up_where_that_is_asked_for() -> None:
    """1e9 USD are owed, so a millionth is 1,000 USD: 5 t of tin at 200 USD/t, and 5 of 10 days are short, all critical.

    A thousandth of the hair kept back for grams is 5 kg of tin, a gap of 0.1 %.
    """
    problem = make_problem(
        {"weeks": 1},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 200},
            {"mineral": "lead", "price_usd_per_t": 100},
        ],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20}],
        sites=[{"site": "store"}],
        inbound=[{"mineral": "lead", "site": "store", "week": 1, "tonnes": 1, "due_usd": 1e9}],
    )
    plan = orebook.solve(problem, model("offers", stages=("cost", "cover")), gap=0.0, audit=False)
    assert plan.document.stages[1].value == pytest.approx(5 + 4 * 5, rel=2e-6)
    assert plan.status == "optimal"
    assert orebook.verify(problem, plan.document, plan.model).ok


def test_what_is_served_in_full_is_taken_off_another_stages_hair() -> None:
    """A point leaves a hair of 20,000 t unserved, 1e-6 days of 1,000 t each; a plan serves them all, and has so much less.

    1 t for 100 USD leaves 9.599 of 10 days short, all critical: 47.995. The hair of that are 9.6 kg, a part of what is bought;
    1 kg more is what the point does not serve, and a tenth of it is kept back: 1 - 0.0096 - 0.001 + 0.0011 t.
    """
    problem = make_problem(
        {"weeks": 1},
        minerals=[{"mineral": "tin", "daily_use_t": 1000, "price_usd_per_t": 100}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 1}],
        sites=[{"site": "store"}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 20_400}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 20_000}],
    )
    plan = orebook.solve(problem, model("offers", stages=("unmet", "cover", "cost")), gap=0.0, audit=False)
    unmet, cover, cost = plan.document.stages
    assert unmet.value == 0
    assert cover.value == pytest.approx(47.995, abs=1e-9)
    assert cost.value == pytest.approx(100 * (1 - 0.0096 + 0.0001), abs=0.02)
    assert cost.bound == pytest.approx(100 * (1 - 0.0096 - 0.001), abs=0.02)
    assert orebook.verify(problem, plan.document, plan.model).ok


def test_a_bound_counts_the_whole_hair_even_where_it_is_no_more_than_the_solvers_tolerance() -> None:
    """2 of 5 t are bought, 1 for 50 and 1 for 53.2 USD; the hair leaves 1e-6 days of it, which presolve takes for none."""
    problem = make_problem(
        {"weeks": 1},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 50, "critical_days": 0}],
        houses=[{"house": "hartree"}],
        offers=[
            {"offer": "o0", "house": "hartree", "mineral": "tin", "freight_usd_per_t": 3.2},
            {"offer": "o1", "house": "hartree", "mineral": "tin", "max_week_t": 1},
        ],
        sites=[{"site": "store"}, {"site": "annex", "handling_usd_per_t": 1.5}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 1}, {"mineral": "tin", "site": "annex", "tonnes": 2}],
        targets=[{"mineral": "tin", "week": 1, "days": 5}],
    )
    plan = orebook.solve(problem, orebook.read_model("weekly"), gap=0.0)
    cost = plan.document.stages[1]
    assert cost.value == pytest.approx(103.2, abs=2e-4)
    assert cost.bound == pytest.approx(103.2 - 1e-6 * 53.2, abs=1e-9)
