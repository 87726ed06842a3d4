"""How long each test took when it last ran, kept in `.durations`; `python -m tests.durations` shows the slowest."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import pytest

KEPT = Path(".durations/tests.json")


class Durations:
    """Adds up setup, call and teardown of each test, and keeps the sums beside those of tests that did not run."""

    def __init__(self, kept: Path = KEPT) -> None:
        self._kept = kept
        self._seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a part of a test, in seconds."""
        self._seconds[report.nodeid] += report.duration  # type: ignore[assignment]

    def pytest_sessionfinish(self) -> None:
        """Keep what was added up."""
        if self._seconds:
            rounded = {test: round(seconds, 3) for test, seconds in self._seconds.items()}
            self._kept.parent.mkdir(exist_ok=True)
            fresh = self._kept.with_suffix(".new")
            fresh.write_text(json.dumps(kept(self._kept) | rounded, indent=0, sort_keys=True))
            fresh.replace(self._kept)


def kept(file: Path = KEPT) -> dict[str, float]:
    """Seconds of each test as last measured; none where nothing is kept."""
    return dict(json.loads(file.read_text())) if file.is_file() else {}


def slowest(seconds: dict[str, float], count: int) -> list[str]:
    """Lines of the slowest tests, then of every room with its sum."""
    rooms: Counter[str] = Counter()
    for test, took in seconds.items():
        rooms[test.split("::")[0].rpartition("/")[0]] += took  # type: ignore[assignment]
    tests = Counter(seconds).most_common(count)
    return [f"{took:8.1f} s  {name}" for part in (tests, rooms.most_common()) for name, took in part]


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(prog="python -m tests.durations", description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    for line in slowest(kept(), parser.parse_args().count):
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
