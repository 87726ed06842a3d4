"""No run is lost, done twice or wrong, whichever process is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.killing import tried
from tests.service.postgres import postgres

RUNS, APART_S = 8, 2.0
"""`python -m tests.prove killing` has more, further apart."""


@pytest.mark.slow
def test_on_sqlite(tmp_path: Path) -> None:
    """Processes killed at random while runs are being solved: each run ends once, optimal and right."""
    report = tried(tmp_path, None, RUNS, 1, APART_S)
    assert report.wrong == []
    assert report.kills.total() > 0


@pytest.mark.slow
def test_on_postgresql(tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    with postgres() as address:
        report = tried(tmp_path, address, RUNS, 2, APART_S)
    assert report.wrong == []
    assert report.kills.total() > 0
