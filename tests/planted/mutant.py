"""A mutant: a copy of the package with one text written wrongly, and what its tests say of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "orebook"
PASSED, FAILED = 0, 1
"""Exit statuses of pytest; any other says that the tests could not be run."""


@dataclass(frozen=True)
class Mutant:
    """What goes wrong, the file under `src/orebook`, the text that is written as what, and the tests that must see it."""

    name: str
    file: str
    text: str
    wrong: str
    tests: tuple[str, ...]
    """Node ids under `tests/`: `rolling/test_loop.py::test_a_week`."""


def copied(folder: Path) -> Path:
    """The repository in an empty folder, of which the package alone is a copy; the folder to import that from."""
    for there in ROOT.iterdir():
        if there.name != "src" and not there.name.startswith("."):
            (folder / there.name).symlink_to(there)
    shutil.copytree(PACKAGE, folder / "src" / "orebook")
    return folder / "src"


def plant(mutant: Mutant, source: Path) -> None:
    """Write the fault into a copy."""
    file = source / "orebook" / mutant.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mutant.text) == 1, f"{mutant.file} has not one {mutant.text!r}"
    file.write_text(text.replace(mutant.text, mutant.wrong), encoding="utf-8")


def run(tests: tuple[str, ...], source: Path) -> tuple[int, str]:
    """The exit status of tests with the package that lies there, and the end of what they print."""
    named = [f"tests/{test}" for test in tests]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *named]
    paths = os.pathsep.join([str(source), str(source.parent)])
    environment = os.environ | {
        "PYTHONPATH": paths,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }  # half of what a start takes
    done = subprocess.run(command, cwd=source.parent, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-600:]
