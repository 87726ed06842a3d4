"""Keeps the durations of all tests, marks rooms and files that are slow as a whole, and begins with what is slow.

What tests draw is the same in each run, so that a run says of a change whether it is right; `make prove` draws anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.durations import Durations

settings.register_profile("fixed", deadline=None, derandomize=True, database=None)
settings.register_profile("drawn", deadline=None, database=None, print_blob=True)
settings.load_profile("fixed")

SLOW = frozenset(
    {"cli", "client", "faults", "properties", "prove", "rolling", "scenarios", "second", "service", "workbench"}
)
"""Rooms of which nearly every test begins processes of its own, or solves again and again."""

SLOW_FILES = frozenset(
    {
        "broken/test_never_raises.py", "changes/test_properties.py", "formulation/test_agrees_with_judge.py",
        "instances/test_expected.py", "test_front_door.py", "workbook/test_round_trip.py",
    }
)  # fmt: skip
"""Files that draw many instances, or solve all that ship."""


def pytest_configure(config: pytest.Config) -> None:
    """Once, in the process that hears of every test."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in slow rooms and files, and begin with files that have anything slow.

    A file is one process's: of the last ones none should have the other wait for minutes.
    """
    here = Path(__file__).parent
    for item in items:
        inner = item.path.relative_to(here)
        if inner.parts[0] in SLOW or inner.as_posix() in SLOW_FILES:
            item.add_marker(pytest.mark.slow)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
