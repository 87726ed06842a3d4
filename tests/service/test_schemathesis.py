"""Requests drawn from the API's own description, good and bad, one and in a row: all checks hold, and nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.described import described


@pytest.mark.slow
def test_the_api_is_as_it_describes_itself(tmp_path: Path) -> None:
    """Two examples of each operation; `python -m tests.prove described` draws twenty, again and again."""
    said = described(tmp_path, examples=2, seed=1)
    assert said.status == 0, said.output[-10_000:]
    assert said.requests > 1000
    assert said.broken == ()
