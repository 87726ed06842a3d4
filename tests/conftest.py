"""Keeps the durations of all tests."""

from __future__ import annotations

import pytest

from tests.durations import Durations


def pytest_configure(config: pytest.Config) -> None:
    """Once, in the process that hears of every test."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations())
