"""On tiny problems with futures, stance and turns are what trying every hedged plan finds."""

from __future__ import annotations

import pytest

from tests.hedge.draws import drawn_hedge
from tests.hedge.facts_tried import differences

BATCH = 6
"""Draws that are tried together."""


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(10))
def test_facts_agree_with_trying_every_hedged_plan(batch: int) -> None:
    """What is no-regret and what a hedge, what the other way costs, and on which side of a turn an order is placed."""
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        drawn = drawn_hedge(number)
        assert list(differences(drawn)) == [], drawn.told
