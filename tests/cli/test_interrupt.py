"""Ctrl-C: the best plan so far or none, a folder written whole or not at all."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest
from tests.cli import hard
from tests.cli.commands import INSTANCES, OREBOOK
from tests.patience import PATIENCE_S

FILES = {
    "plan.json", "instance.json", "model.json", "tickets.csv", "cover.csv", "cash.csv", "report.md", "report.html", "plan.xlsx",
}  # fmt: skip


def _interrupted(instance: Path, out: Path, at: str) -> int:
    """Solve until a line of progress starts a stage, send SIGINT, and wait for the end; the exit status."""
    command = [str(OREBOOK), "solve", str(instance), "--gap", "0", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if at in line:
                running.send_signal(signal.SIGINT)
                break
        running.communicate(timeout=PATIENCE_S)
        return running.returncode


def test_one_ctrl_c_leaves_the_best_plan_so_far(tmp_path: Path) -> None:
    """Interrupted while the cost is being proven: status 4, and every file of the plan is there."""
    out = tmp_path / "plan"
    assert _interrupted(hard.write(tmp_path / "hard"), out, " cost:") == 4
    assert {p.name for p in out.iterdir()} == FILES
    assert json.loads((out / "plan.json").read_text())["status"] == "feasible"


@pytest.mark.slow
def test_ctrl_c_before_the_first_plan_leaves_a_rule_of_thumbs(tmp_path: Path) -> None:
    """Interrupted as the vault's first stage begins, long before its first plan: status 4, and the plan says whose it is."""
    out = tmp_path / "plan"
    assert _interrupted(INSTANCES / "vault", out, "no plan yet") == 4
    assert {p.name for p in out.iterdir()} == FILES
    assert json.loads((out / "plan.json").read_text())["unaided"] in ("thumb", "prior")
    assert "this is the" in (out / "report.md").read_text()
