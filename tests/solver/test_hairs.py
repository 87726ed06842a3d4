"""What the hair of a kept stage is worth to the stages after it."""

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
