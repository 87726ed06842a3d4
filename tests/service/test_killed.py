"""No run is lost, done twice or wrong, whichever process is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.killing import RESUMED_S, tried
from tests.service.postgres import postgres


@pytest.mark.slow
def test_on_sqlite(tmp_path: Path) -> None:
    """20 runs, 10 of the processes killed at random: each run ends once, optimal and right, and goes on within 30 s."""
    report = tried(tmp_path, None, runs=20, seed=1)
    assert report.wrong == []
    assert report.longest_s < RESUMED_S


@pytest.mark.slow
def test_on_postgresql(tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    with postgres() as address:
        report = tried(tmp_path, address, runs=20, seed=2)
    assert report.wrong == []
    assert report.longest_s < RESUMED_S
