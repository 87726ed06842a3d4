"""`orebook check --clash`: the rules that leave an instance without a plan."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import TEACHING, orebook


def test_a_clash_is_named_beside_the_findings() -> None:
    """Status 3; with --json its facts stand beside the findings, and the instance itself can be used."""
    done = orebook("check", TEACHING / "clash", "--clash", "--json")
    assert done.returncode == 3
    said = json.loads(done.stdout)
    assert (said["ok"], said["findings"]) == (True, [])
    assert [fact["kind"] for fact in said["clash"]] == ["clash", "mend", "mend"]
    (change,) = said["clash"][1]["changes"]
    assert orebook("check", TEACHING / "clash", "--clash", "--set", change).returncode == 0


def test_where_there_is_a_plan_nothing_clashes() -> None:
    """Status 0, and no facts."""
    done = orebook("check", TEACHING / "budget", "--clash", "--json")
    assert (done.returncode, json.loads(done.stdout)["clash"]) == (0, [])
    assert "no rules clash" in done.stderr


def test_an_instance_with_faults_is_not_solved(tmp_path: Path) -> None:
    """Status 1 with the findings, as without the option; a model that is none is bad input."""
    assert orebook("check", tmp_path, "--clash").returncode == 1
    done = orebook("check", TEACHING / "clash", "--clash", "--model", "weakly")
    assert done.returncode == 2
    assert "weekly" in done.stderr
