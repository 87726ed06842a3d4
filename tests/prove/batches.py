"""Batches of drawn things, each held to a property: a batch breaks at the first that has it not, and says which."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.prove.ledger import Tried

BATCH = 25
T = TypeVar("T")


def tried_batch(draw: int, drawn: SearchStrategy[T], check: Callable[[T], None]) -> Tried:
    """Check the batch of that number; the same number draws the same again. Raises what the check raises."""
    began = time.perf_counter()

    @seed(draw)
    @settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def checked(one: T) -> None:
        check(one)

    checked()
    return Tried(draw, "tried", time.perf_counter() - began, (), (), {"problems": BATCH})
