"""A browser, and one service that no test approves or moves on, for all tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.report.browser import chromium
from tests.workbench.bench import Bench, served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a module; a process can have one at a time."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service."""
    home: Path = tmp_path_factory.mktemp("bench")
    with served(home) as found:
        yield found


@pytest.fixture
def bench(browser: Browser, url: str) -> Iterator[Bench]:
    """A planner, of whose pages none has complained at the end."""
    found = Bench.of(browser, url)
    yield found
    found.context.close()
    assert found.wrong == []
