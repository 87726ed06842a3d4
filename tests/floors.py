"""`python -m tests.floors`: the part of each room's lines that tests ran, against its floor; ends with 1 where one is under it.

A room is a package under `src/orebook`; the modules beside them are a room, too. `--raise` writes what was measured, rounded
down, as the floors of rooms that are over theirs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "tests" / "floors.toml"
HEAD = "# Least part of each room's lines in % that all tests run; never lowered to let a change in."
BESIDE = "orebook"
"""The room of the modules that are in no package."""


def rooms() -> set[str]:
    """Every room that there is."""
    return {BESIDE, *(folder.parent.name for folder in (ROOT / "src" / "orebook").glob("*/__init__.py"))}


def floors() -> dict[str, int]:
    """Room -> least part of its lines in %."""
    return dict(tomllib.loads(FLOORS.read_text(encoding="utf-8"))["floors"])


def parts(report: Mapping[str, Any]) -> dict[str, float]:
    """Room -> part of its lines that ran in %, from coverage's own report in JSON."""
    ran, lines = defaultdict[str, int](int), defaultdict[str, int](int)
    for file, found in report["files"].items():
        inner = Path(file).parts[Path(file).parts.index("orebook") + 1 :]
        room = inner[0] if len(inner) > 1 else BESIDE
        ran[room] += found["summary"]["covered_lines"]
        lines[room] += found["summary"]["num_statements"]
    return {room: 100.0 * ran[room] / lines[room] for room in lines if lines[room]}


def told(found: Mapping[str, float], least: Mapping[str, int]) -> tuple[list[str], bool]:
    """A line a room, lowest first, and whether each room is at its floor or over it; one that did not run is at 0."""
    all_ = {**dict.fromkeys(least, 0.0), **found}
    under = {room for room in all_ if all_[room] < least.get(room, 100)}
    lines = [
        f"{all_[room]:6.1f} %  {room:12} floor {least.get(room, 100)} %{'  UNDER IT' if room in under else ''}"
        for room in sorted(all_, key=lambda room: (all_[room], room))
    ]
    return lines, not under


def raised(found: Mapping[str, float], least: Mapping[str, int]) -> str:
    """The text of the file of floors, none of them lower than before; rooms that are no more are left out."""
    lines = [f"{room} = {max(int(found.get(room, 0.0)), least.get(room, 0))}" for room in sorted(rooms())]
    return "\n".join([HEAD, "[floors]", *lines, ""])


def main() -> int:
    """Exit status 1 where a room is under its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.floors", description=__doc__)
    parser.add_argument("--raise", dest="up", action="store_true", help="write what was measured as the floors")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", file], check=True, cwd=ROOT)
        found = parts(json.loads(file.read_text(encoding="utf-8")))
    lines, held = told(found, floors())
    if asked.up:
        FLOORS.write_text(raised(found, floors()), encoding="utf-8")
    print("\n".join(lines))  # noqa: T201
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
