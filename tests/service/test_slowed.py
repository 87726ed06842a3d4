"""No run is lost for a slow store, nor for processes that were paused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.slowing import slowed


@pytest.mark.slow
def test_slow_is_not_dead(tmp_path: Path) -> None:
    """Store, worker, solve and web held for longer than anybody waits, again and again: every run ends on its first attempt."""
    report = slowed(tmp_path, None, runs=2, disturbances=3, seed=2, longest_s=4.0)
    assert report.wrong == []
    assert report.disturbances.total() > 0
