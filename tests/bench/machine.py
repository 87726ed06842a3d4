"""Where and with what a bench was run."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("highspy", "pyomo", "linopy", "pandas", "numpy")


def heading(command: str) -> str:
    """The head of the table: command, date, machine, its load before the start, and versions."""
    load = os.getloadavg()[1]
    versions = ", ".join(f"{p} {version(p)}" for p in PACKAGES)
    return "\n".join(
        [
            "# Bench",
            "",
            f"- command: `{command}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"- machine: {_processor()}, {os.cpu_count()} cores; load over the five minutes before: {load:.1f}",
            f"- Python {platform.python_version()}, {versions}; one thread a solve",
        ]
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
