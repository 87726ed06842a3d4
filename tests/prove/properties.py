"""What `make test` holds on the same drawn problems each time, on others by each draw: every test that draws."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.prove.ledger import Found, Tried

COMMAND = (
    "-m",
    "pytest",
    "-q",
    "-n",
    "0",
    "-m",
    "hypothesis",
    "--hypothesis-profile",
    "drawn",
    "-p",
    "no:cacheprovider",
)


def try_properties(draw: int, _kept: Path) -> Tried:
    """Have them draw by the draw's number."""
    began = time.perf_counter()
    command = [sys.executable, *COMMAND, f"--hypothesis-seed={draw}"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    failed = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
    again = [line for line in said.splitlines() if "reproduce_failure" in line]
    found = [Found("property", line) for line in (*failed, *again)]
    return Tried(draw, "tried", time.perf_counter() - began, tuple(found))
