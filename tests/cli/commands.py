"""The command as a planner runs it: in this process, which has loaded what it needs, or installed, in one of its own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from tests.patience import PATIENCE_S

from orebook.cli.app import app

OREBOOK = Path(sys.executable).with_name("orebook")
INSTANCES = Path(__file__).parents[2] / "instances"
TEACHING = INSTANCES / "teaching"

Ended = subprocess.CompletedProcess[str]


def orebook(*arguments: str | Path, cwd: Path | None = None) -> Ended:
    """Run `orebook` to its end, in this process; its output and exit status."""
    words = [str(a) for a in arguments]
    out, err, status = StringIO(), StringIO(), 0
    with chdir(cwd or Path()), redirect_stdout(out), redirect_stderr(err):
        try:
            app(words, prog_name="orebook")
        except SystemExit as end:
            status = int(end.code or 0)
    return Ended(words, status, out.getvalue(), err.getvalue())


def installed(*arguments: str | Path, cwd: Path | None = None) -> Ended:
    """The same of the installed command: all that any library writes is in its output, and nothing is loaded before."""
    words = [str(a) for a in arguments]
    return subprocess.run(
        [str(OREBOOK), *words], cwd=cwd, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def python(code: str) -> Ended:
    """Run a line of Python in a fresh process."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
