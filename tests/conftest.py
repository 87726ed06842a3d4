"""Keeps the durations of all tests, and marks rooms that are slow as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durations import Durations

SLOW = frozenset(
    {"cli", "client", "faults", "properties", "prove", "rolling", "scenarios", "second", "service", "workbench"}
)
"""Rooms of which nearly every test begins processes of its own, or solves again and again."""


def pytest_configure(config: pytest.Config) -> None:
    """Once, in the process that hears of every test."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in slow rooms."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)
