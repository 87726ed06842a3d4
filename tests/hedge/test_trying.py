"""On tiny problems with futures the hedged plan is what trying every one finds, and there is none where none is found."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import pytest

import orebook
from orebook.problem import Future
from orebook.risk_measure import RiskMeasure
from tests.builders import make_problem
from tests.hedge.comparing import differences
from tests.hedge.draws import drawn_hedge
from tests.hedge.trying import HedgedPlans, TriedPlan
from tests.judge.cases import WEEKLY

BATCH = 10
"""Draws that are tried together; fifty here, hundreds by `python -m tests.prove hedged`."""


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(5))
def test_every_stage_agrees_with_trying_every_hedged_plan(batch: int) -> None:
    """R and bound of each stage, each future alone, the plain plan, and the verdict; or that there is no plan."""
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        drawn = drawn_hedge(number)
        assert list(differences(drawn)) == [], drawn.told


@pytest.mark.slow
def test_a_bound_that_a_later_stage_goes_below_is_not_called_proven() -> None:
    """A draw in which HiGHS 1.15.1 calls 326 USD the best and tidying finds 277: that is said, and no more."""
    drawn = drawn_hedge(770)
    assert list(differences(drawn)) == []
    tail, weight = drawn.risk.tail, drawn.risk.tail_weight
    hedged = orebook.hedge(drawn.problem, drawn.model, tail=tail, tail_weight=weight, gap=0.0, audit=False)
    (cost,) = [s for s in hedged.document.stages if s.stage == "cost"]
    assert (cost.value, cost.final) == (pytest.approx(277.0), pytest.approx(277.0))
    assert (hedged.status == "optimal") is (cost.bound > 276.99)


def test_the_draws_are_of_every_kind() -> None:
    """Of the first hundred: futures 2 and 3, each fate of goods, with and without a tail, and one that never is known."""
    drawn = [drawn_hedge(n) for n in range(100)]
    futures = [f for d in drawn for f in d.problem.futures]
    assert {len(d.problem.futures) for d in drawn} == {2, 3}
    assert {f.in_transit for f in futures} == {"lost", "arrive", "refund"}
    assert {f.known_week for f in futures if f.changes} == {2, 3, 4}
    assert {d.risk.tail_weight for d in drawn} == {0.0, 0.5}
    assert len({d.model.name for d in drawn}) == 5
    assert drawn[7].problem == drawn_hedge(7).problem


def later_alone(_: Future, plan: TriedPlan) -> bool:
    """Whether nothing is ordered in week 1."""
    return all(o.week > 1 for o in plan.orders)


def test_a_case_worked_by_hand() -> None:
    """1 t at the end of week 2: at 100 USD today, or in week 2 at 60 or 180, each as likely.

    The mean is 120 later. The worst quarter is 180: half of it, and half of the mean, is 150.
    """
    lots = {"house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1}
    problem = make_problem(
        {"target_days": 1},
        offers=[
            {"offer": "now", **lots, "to_week": 1},
            {"offer": "later", **lots, "from_week": 2, "price_usd_per_t": 90},
        ],
        futures=[{"future": "cheap", "known_week": 2}, {"future": "dear", "known_week": 2}],
        future_changes=[
            {"future": "cheap", "n": 1, "change": "offers.later.price_usd_per_t=60"},
            {"future": "dear", "n": 1, "change": "offers.later.price_usd_per_t=180"},
        ],
    )
    plans = HedgedPlans(problem, WEEKLY, RiskMeasure())
    assert plans.best() == {"cover": 0, "cost": 100, "tickets": 1}
    assert plans.best(later_alone) == {"cover": 0, "cost": 120, "tickets": 1}
    assert plans.alone("cheap") == {"cover": 0, "cost": 60, "tickets": 1}
    averse = HedgedPlans(problem, WEEKLY, RiskMeasure(0.25, 0.5))
    later = averse.best(later_alone)
    assert later == {"cover": 0, "cost": 150, "tickets": 1}
    worth = orebook.hedge(problem, gap=0.0, audit=False).document.worth
    assert worth is not None
    # the instance's own plan is to buy later, at 90
    assert (worth.evpi_usd, worth.vss_usd) == (pytest.approx(100 - 80), pytest.approx(120 - 100))
