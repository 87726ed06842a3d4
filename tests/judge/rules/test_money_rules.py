"""budget and funding: what may be paid, and who pays it."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, broken, by, decide

FIVE = decide(orders=[("a", 1, 5)])
"""500 USD in week 1."""


def funded(*sources: dict[str, Any]) -> Problem:
    """The default problem with these sources of money."""
    return make_problem(funding=list(sources))


def test_the_plan_keeps_its_budget() -> None:
    """500 USD against 450; a cent over is allowed, two are not."""
    assert by(make_problem({"budget_usd": 450}), "budget", FIVE) == {"budget_total": 50}
    assert by(make_problem({"budget_usd": 499.99}), "budget", FIVE) == {}
    assert by(make_problem({"budget_usd": 499.98}), "budget", FIVE) == {"budget_total": Fraction("0.02")}
    assert by(make_problem({"budget_usd": 450}), "budget", FIVE, WEEKLY.without("budget")) == {}


def test_nothing_is_paid_before_the_money_comes_free() -> None:
    """200 in week 1 and 400 in week 2 pay for 500 in week 2 but not in week 1."""
    problem = make_problem(releases=[{"week": 1, "usd": 200}, {"week": 2, "usd": 400}])
    assert by(problem, "budget", FIVE) == {"budget_released[1]": 300}
    assert by(problem, "budget", decide(orders=[("a", 2, 5)])) == {}


def test_a_minerals_tickets_keep_its_own_budget() -> None:
    """Order cash counts in full, also what is due after the plan: 5 t at 100 and a fee of 20 against 510."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "budget_usd": 510}],
        offers=[
            {
                "offer": "a",
                "house": "traxys",
                "mineral": "tin",
                "lead_weeks": 1,
                "pay_on_order_pct": 0,
                "order_fee_usd": 20,
            }
        ],
    )
    assert by(problem, "budget", decide(orders=[("a", 2, 5)])) == {"budget_mineral[tin]": 10}


def test_a_weeks_cash_is_drawn_exactly() -> None:
    """500 USD in week 1: 480 are too little, 520 too much, and week 2 has nothing to draw for."""
    problem = make_problem()
    assert by(problem, "funding", FIVE) == {"week_funded[1]": 500}
    for drawn in (480, 520):
        plan = decide(orders=[("a", 1, 5)], draws=[("cash", 1, drawn)])
        assert by(problem, "funding", plan) == {"week_funded[1]": 20}
    ahead = decide(orders=[("a", 1, 5)], draws=[("cash", 1, 500), ("cash", 2, 7)])
    assert by(problem, "funding", ahead) == {"week_funded[2]": 7}
    assert by(problem, "funding", FIVE, WEEKLY.without("funding")) == {}


def test_a_source_gives_up_to_its_limit() -> None:
    """400 drawn before and 500 now against 850, from week 1 on."""
    problem = funded({"source": "loan", "limit_usd": 850, "drawn_usd": 400})
    plan = decide(orders=[("a", 1, 5)], draws=[("loan", 1, 500)])
    assert by(problem, "funding", plan) == {"source_limit[loan,1]": 50, "source_limit[loan,2]": 50}


def test_a_source_gives_nothing_before_its_week() -> None:
    """The loan starts in week 2."""
    problem = funded({"source": "loan", "from_week": 2})
    assert by(problem, "funding", decide(orders=[("a", 1, 5)], draws=[("loan", 1, 500)])) == {
        "source_start[loan,1]": 500
    }


def test_a_source_is_no_more_than_its_part_up_to_every_week() -> None:
    """Half may be loan: 400 of 500 in week 1 is 0.3 over; 400 of 900 by week 2 is not."""
    problem = funded({"source": "loan", "max_share": 0.5}, {"source": "cash"})
    plan = decide(orders=[("a", 1, 5), ("a", 2, 4)], draws=[("loan", 1, 400), ("cash", 1, 100), ("cash", 2, 400)])
    assert by(problem, "funding", plan) == {"source_share[loan,1]": Fraction("0.3")}


def test_what_was_drawn_before_counts_in_part_and_whole() -> None:
    """100 of 400 drawn before are loan; with 500 more of it 600 of 900 are, against 0.6."""
    problem = funded({"source": "loan", "max_share": 0.6, "drawn_usd": 100}, {"source": "cash", "drawn_usd": 300})
    found = by(problem, "funding", decide(orders=[("a", 1, 5)], draws=[("loan", 1, 500)]))
    assert found["source_share[loan,1]"] == Fraction(6, 9) - Fraction("0.6")


def test_a_breach_is_told_in_figures() -> None:
    """The sentence has what is paid and what may be."""
    breach = broken(make_problem({"budget_usd": 450}), "budget", FIVE)["budget_total"]
    assert (breach.unit, breach.limit) == ("USD", 450)
    assert "500.00 USD" in breach.says
    assert "450.00 USD" in breach.says
