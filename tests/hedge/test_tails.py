"""The columns of the risk measure at a point of all futures, which belong to none of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.files.models import read_model
from orebook.risk_measure import RiskMeasure
from orebook.solver.hedge.futures import known_futures
from orebook.solver.hedge.joint_program import joint_program
from tests.hedge.draws import drawn_hedge

PARTS = st.lists(st.tuples(st.integers(1, 9), st.integers(-50, 50)), min_size=1, max_size=6)


@given(parts=PARTS, tail=st.sampled_from([0.05, 0.1, 0.5, 1.0]))
def test_the_threshold_is_where_the_worst_part_is_worth_what_it_is(parts: list[tuple[int, int]], tail: float) -> None:
    """h + 1/a * sum of p * max(0, m - h) is the mean of the worst part, worked out by sorting."""
    total = sum(weight for weight, _ in parts)
    p, m = [Fraction(weight, total) for weight, _ in parts], [Fraction(value) for _, value in parts]
    risk = RiskMeasure(tail, 0.5)
    h = risk.threshold(p, m)
    over = sum((a * max(Fraction(0), b - h) for a, b in zip(p, m, strict=True)), Fraction(0))
    assert h + over / Fraction(str(tail)) == risk.worst(p, m)


@pytest.mark.parametrize("number", [3, 7, 11])
def test_a_point_of_all_futures_has_its_tails_at_their_best(number: int) -> None:
    """Their rows are kept, and what the joint program says of each main stage is R of the futures' own measures."""
    drawn = drawn_hedge(number)
    joint = joint_program(known_futures(drawn.problem), read_model("weekly"), RiskMeasure(0.4, 0.5))
    assert joint.thresholds
    x = joint.with_tails(joint.matrix.lower.clip(0))
    tails = range(joint.matrix.A.shape[0] - len(joint.thresholds) * len(joint.futures), joint.matrix.A.shape[0])
    activity = joint.matrix.A @ x
    assert all(activity[k] >= joint.matrix.row_lower[k] - 1e-9 for k in tails)
    for stage in joint.thresholds:
        reached = [
            Fraction(program.value(stage, x[own])) if stage in program.cost else Fraction(0)
            for program, own in zip(joint.programs, joint.places, strict=True)
        ]
        expected = RiskMeasure(0.4, 0.5).of([f.probability for f in joint.futures], reached)
        assert joint.matrix.value(stage, x) == pytest.approx(float(expected))
