"""The installed command, run as a planner runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE_S

OREBOOK = Path(sys.executable).with_name("orebook")
INSTANCES = Path(__file__).parents[2] / "instances"
TEACHING = INSTANCES / "teaching"


def orebook(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `orebook` to its end; its output and exit status."""
    words = [str(a) for a in arguments]
    return subprocess.run(
        [str(OREBOOK), *words], cwd=cwd, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in a fresh process."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
