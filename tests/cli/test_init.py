"""`orebook init`: a folder that can be solved as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.commands import orebook


def test_the_starter_is_checked_and_solved(tmp_path: Path) -> None:
    """Nothing suspicious in it, an optimal plan with tickets of both minerals, and its README explains each file."""
    folder = tmp_path / "mine"
    assert orebook("init", folder).returncode == 0
    assert orebook("check", folder, "--strict").returncode == 0
    solved = orebook("solve", folder, "--no-audit", "--json", "--out", tmp_path / "plan")
    plan = json.loads(solved.stdout)
    assert (solved.returncode, plan["status"], plan["given_up"]) == (0, "optimal", [])
    assert {t["mineral"] for t in plan["tickets"]} == {"cobalt", "copper"}
    named = set(re.findall(r"^\| `([\w.]+)`", (folder / "README.md").read_text(), re.MULTILINE))
    assert {p.name for p in folder.iterdir()} == named | {"README.md"}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """Status 2, and what stood there still stands alone."""
    (tmp_path / "mine.txt").write_text("mine")
    assert orebook("init", tmp_path).returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
