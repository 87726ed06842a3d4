"""Where and with what a bench was run."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.kept import Ran
from tests.bench.measured import ROOT

MOST_LOAD = 0.5
"""Other work a core beside which measuring makes sense."""

PACKAGES = ("highspy", "pyscipopt", "ortools", "pyomo", "linopy", "pandas", "numpy")


def ran(command: str) -> Ran:
    """The circumstances of a measurement that begins now."""
    return Ran(
        command=command,
        began=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        machine=_processor(),
        cores=os.cpu_count() or 1,
        load=round(os.getloadavg()[1], 1),
        versions={"orebook": _commit(), "Python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
    )


def crowd(load: float, cores: int) -> str:
    """What to say of figures taken beside so much other work; nothing where there was little of it."""
    if load <= MOST_LOAD * cores:
        return ""
    return (
        f"The machine was too busy: a load of {load:.1f} on {cores} cores before the first run, where at most "
        f"{MOST_LOAD * cores:g} leaves times what they are. They are too long, and ∞ or an empty cell says nothing of a solver."
    )


def _commit() -> str:
    """The version of the code, with `+` where it is not what was committed."""
    asked = ["git", "describe", "--always", "--dirty=+", "--exclude", "*"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT).stdout.strip()
    return said or version("orebook")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
