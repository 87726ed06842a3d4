"""One service with workers for all tests that do not need one of their own; each test names its own instances."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.service.running import serving, working


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service with two workers."""
    home: Path = tmp_path_factory.mktemp("service")
    with serving(home) as found, working(home, workers=2):
        yield found
