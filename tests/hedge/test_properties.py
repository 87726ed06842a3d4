"""What holds of every hedged plan: between perfect forecast and plain plan, and whatever the futures are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orebook
from orebook.exact import Fraction
from orebook.risk_measure import RiskMeasure
from tests.hedge.cases import fates, hedged_fates
from tests.hedge.held import HELD

DRAWS = range(1000, 1008)

RISKS = st.tuples(
    st.lists(st.tuples(st.integers(1, 9), st.integers(-50, 50)), min_size=1, max_size=6),
    st.sampled_from([0.01, 0.1, 0.25, 0.5, 1.0]),
)
"""Futures as weight and measure, and a tail."""


def of_weights(futures: list[tuple[int, int]]) -> tuple[list[Fraction], list[Fraction]]:
    """Probabilities that come to 1, and measures."""
    whole = sum(weight for weight, _ in futures)
    return [Fraction(weight, whole) for weight, _ in futures], [Fraction(measure) for _, measure in futures]


def mean(probabilities: list[Fraction], measures: list[Fraction]) -> Fraction:
    """The mean of a measure over futures."""
    return sum((p * m for p, m in zip(probabilities, measures, strict=True)), Fraction(0))


@given(RISKS)
def test_the_worst_part_is_the_least_over_all_thresholds(drawn: tuple[list[tuple[int, int]], float]) -> None:
    """As Rockafellar and Uryasev have it: h + 1/a * mean of what is over h; the least is at one of the measures."""
    (probabilities, measures), tail = of_weights(drawn[0]), drawn[1]
    over = [
        h + mean(probabilities, [max(Fraction(0), m - h) for m in measures]) / Fraction(str(tail)) for h in measures
    ]
    assert RiskMeasure(tail, 0.5).worst(probabilities, measures) == min(over)


@given(RISKS)
def test_the_worst_part_is_between_the_mean_and_the_worst(drawn: tuple[list[tuple[int, int]], float]) -> None:
    """Of all of the probability it is the mean, of next to nothing the worst; R goes from the mean to it with its weight."""
    (probabilities, measures), tail = of_weights(drawn[0]), drawn[1]
    average = mean(probabilities, measures)
    risks = [RiskMeasure(tail, weight) for weight in (0.0, 0.2, 0.7, 0.999)]
    found = [risk.of(probabilities, measures) for risk in risks]
    assert found[0] == average
    assert found == sorted(found)
    assert average <= risks[1].worst(probabilities, measures) <= max(measures)
    assert RiskMeasure(1.0, 0.5).of(probabilities, measures) == average
    least = RiskMeasure(min(map(float, probabilities)) / 2, 0.5)
    assert least.worst(probabilities, measures) == max(measures)


@given(RISKS, st.randoms())
def test_r_knows_no_order_and_no_halves(drawn: tuple[list[tuple[int, int]], float], random: Random) -> None:
    """Futures in any order, or each as two of half the probability, come to the same."""
    (probabilities, measures), risk = of_weights(drawn[0]), RiskMeasure(drawn[1], 0.3)
    pairs = list(zip(probabilities, measures, strict=True))
    halves = [(p / 2, m) for p, m in pairs for _ in range(2)]
    random.shuffle(halves)
    assert risk.of([p for p, _ in halves], [m for _, m in halves]) == risk.of(probabilities, measures)


@pytest.mark.slow
@pytest.mark.parametrize("number", DRAWS)
@pytest.mark.parametrize("held", HELD, ids=lambda held: held.__name__)
def test_of_every_draw_holds(held: Callable[[int], None], number: int) -> None:
    """What `held` says; `python -m tests.prove hedged` asks it of hundreds."""
    held(number)


def test_a_change_in_a_future_that_is_known_after_the_plan_can_be_hedged() -> None:
    """Known in week T+1 all futures decide alike to the end: the one order of `fates` is placed or not for all of them."""
    late = tuple(replace(f, known_week=5) for f in fates().futures)
    hedged = orebook.hedge(replace(fates(), futures=late), gap=0.0, audit=False)
    assert hedged.document.now_weeks == 4
    tickets = [[(t.offer, t.week, t.tonnes) for t in p.document.tickets] for p in hedged.plans.values()]
    assert tickets == [tickets[0]] * 5
    # nothing is barred in the weeks of the plan: the ten tonnes from China come in each
    assert tickets[0] == [("a", 1, 10.0)]


@pytest.mark.parametrize(("probability", "cost"), [(1e-3, 0.999 * 1072 + 0.001 * 3372), (1e-6, 1072.0), (1e-9, 1022.0)])
def test_a_future_that_hardly_comes_hardly_counts(probability: float, cost: float) -> None:
    """A bar with so little probability: 10 t are ordered now as ever, and R is the mean to the cent.

    With less than a hair of probability the tonnes that would be short are within the hair that later stages may spend: then
    nobody in Chile is engaged for it.
    """
    still, bar = fates().futures[:2]
    rare = (replace(still, probability=1 - probability), replace(bar, probability=probability))
    hedged = orebook.hedge(replace(fates(), futures=rare), gap=0.0, audit=False)
    assert [(t.offer, t.tonnes) for t in hedged.now] == [("a", 10.0)]
    assert [s.value for s in hedged.document.stages if s.stage == "cost"] == [pytest.approx(cost, abs=0.01)]


def test_a_hedged_plan_is_the_same_again() -> None:
    """Nothing of a hedged run is left to chance."""
    again = orebook.hedge(fates(), gap=0.0, audit=False)
    assert {n: p.document.tickets for n, p in again.plans.items()} == {
        n: p.document.tickets for n, p in hedged_fates().plans.items()
    }
