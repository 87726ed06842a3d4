"""`orebook solve --solver, --start, --log` and `orebook export`: another solver, a start, and what a solver is given."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import orebook

SMALL = "instances/vault-small"


def test_another_solver_begins_from_a_plan_and_logs(tmp_path: Path) -> None:
    """vault-small by HiGHS with its log, then by SCIP from that plan: both proven, the second audited."""
    first, log = tmp_path / "first", tmp_path / "highs.log"
    done = orebook("solve", SMALL, "--no-audit", "--out", first, "--log", log)
    assert done.returncode == 0
    assert "MIP has" in log.read_text("utf-8")
    done = orebook(
        "solve", SMALL, "--no-audit", "--out", tmp_path / "c", "--option", "seed=3", "--option", "presolve=off"
    )
    assert done.returncode == 0
    done = orebook("solve", SMALL, "--solver", "scip", "--start", first, "--out", tmp_path / "second")
    assert done.returncode == 0
    assert "Audited" in done.stdout


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """A solver that nobody has, a log that is there already, a start that is no plan: said, and nothing is written."""
    log = tmp_path / "a.log"
    log.write_text("mine")
    for option, value, says in (
        ("--solver", "nope", "nope is not there; there are gurobi, highs, scip"),
        ("--log", str(log), "File exists"),
        ("--option", "speed=9", "is no setting of a solver; there are seed=..., presolve=..., tolerance=..."),
        ("--option", "presolve=maybe", "presolve may be on or off"),
        ("--start", str(tmp_path), "plan.json"),
    ):
        done = orebook("solve", SMALL, option, value, "--out", tmp_path / "out")
        assert done.returncode != 0
        assert says in done.stderr
        assert not (tmp_path / "out").exists()
    assert log.read_text() == "mine"


def test_a_stage_is_exported(tmp_path: Path) -> None:
    """Both files at once; neither is replaced, and one has to be named."""
    mps, lp = tmp_path / "a.mps", tmp_path / "a.lp"
    done = orebook("export", SMALL, "--stage", "cover", "--mps", mps, "--lp", lp)
    assert (done.returncode, mps.is_file(), lp.is_file()) == (0, True, True)
    assert "columns, " in done.stdout
    assert orebook("export", SMALL, "--mps", mps).returncode != 0
    assert orebook("export", SMALL).returncode == 2
    assert orebook("export", SMALL, "--stage", "tickets", "--mps", tmp_path / "b.mps").returncode == 2
