"""Whatever is asked, a limit and a Ctrl-C are kept: nothing goes on, and what there is by then is given."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from tests.cli import hard
from tests.cli.commands import OREBOOK, orebook
from tests.patience import PATIENCE_S


def many_lots(folder: Path) -> Path:
    """Three minerals, one of them in 6e7 lots beside another of 0.001 t lots: HiGHS 1.15.1 goes on and looks at no clock."""
    folder.mkdir()
    (folder / "instance.toml").write_text('name = "lots"\nweeks = 1\nbudget_usd = 12000000000\n')
    (folder / "houses.csv").write_text("house\nh\n")
    minerals = ["a,0.001,100000000,1e-9", "b,1e9,0.001,0", "z,1,0,1"]
    offers = ["a1,h,a,10,0.001", "b1,h,b,,1000", "z1,h,z,100,0.1"]
    hard._table(folder, "minerals", "mineral,daily_use_t,price_usd_per_t,m3_per_t", minerals)
    hard._table(folder, "offers", "offer,house,mineral,max_week_t,lot_t", offers)
    return folder


def loose(folder: Path) -> Path:
    """No lots, and money for 3.3 of 10 days each of two minerals: what a rule of thumb once bought by the gram."""
    folder.mkdir()
    (folder / "instance.toml").write_text('name = "loose"\nweeks = 2\ntarget_days = 10\nbudget_usd = 6172\n')
    (folder / "houses.csv").write_text("house,max_spend_usd\nh,9000\ng,\n")
    minerals = [f"m{i},{18.4 + i},{50 + i}" for i in range(2)]
    offers = [f"m{i}-{h},{h},m{i},{2 * n}" for i in range(2) for n, h in enumerate("hg")]
    hard._table(folder, "minerals", "mineral,daily_use_t,price_usd_per_t", minerals)
    hard._table(folder, "offers", "offer,house,mineral,premium_pct", offers)
    return folder


def interrupted(at: str, *words: str | Path) -> tuple[int, str]:
    """Run until it says something, send SIGINT to it alone, and wait; its exit status and the rest it says."""
    command = [str(OREBOOK), *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if at in line:
                running.send_signal(signal.SIGINT)
                break
        try:
            _, said = running.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
        return running.returncode, said


def _until_solving(running: subprocess.Popen[bytes]) -> None:
    """Wait until one of the solver's processes has been at work for a second."""
    until = time.monotonic() + PATIENCE_S
    while running.poll() is None and time.monotonic() < until:
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(running.pid).children(recursive=True):
                if any("backend_process" in word for word in child.cmdline()) and child.cpu_times().user > 1.0:
                    return
        time.sleep(0.05)
    raise AssertionError("nothing is being solved")


def test_a_solver_that_looks_at_no_clock_keeps_the_limit(tmp_path: Path) -> None:
    """Three seconds: a plan, whoever made it, that is not called optimal where that is not known."""
    out = tmp_path / "plan"
    done = orebook("solve", many_lots(tmp_path / "lots"), "--time-limit", "3", "--no-audit", "--out", out)
    plan = json.loads((out / "plan.json").read_text())
    assert done.returncode == (0 if plan["status"] == "optimal" else 4)
    assert plan["tickets"]


@pytest.mark.slow
def test_every_way_of_rolling_and_all_that_a_report_asks_end(tmp_path: Path) -> None:
    """Where there are no lots and money ends buying, in the middle of a day of use."""
    instance, out = loose(tmp_path / "loose"), tmp_path / "plan"
    rolled = orebook("roll", instance, "--weeks", "2", "--json", "--out", tmp_path / "rolled")
    assert rolled.returncode == 0, rolled.stderr
    assert {w["way"]: len(w["weeks"]) for w in json.loads(rolled.stdout)["ways"]} == {
        "plan": 2,
        "no changes": 2,
        "thumb": 2,
    }
    assert orebook("solve", instance, "--no-audit", "--out", out).returncode == 0
    assert orebook("explain", out, "--baselines").returncode == 0
    assert orebook("explain", out, "--workers", "1").returncode == 0
    assert (out / "facts.json").is_file()


@pytest.mark.slow
def test_one_ctrl_c_ends_what_ifs_in_processes(tmp_path: Path) -> None:
    """Each of four would take long to its end: those in flight are not waited for, and none passes for solved."""
    instance, out = hard.write(tmp_path / "hard"), tmp_path / "out"
    assert orebook("whatif", instance, "--set", "houses.a.max_spend_usd=+1", "--out", out).returncode in (0, 4)
    words = ("whatif", out / "base", "--sweep", "instance.budget_usd=500000:800000:4", "--gap", "0", "--workers", "2")
    with subprocess.Popen(
        [str(OREBOOK), *map(str, words)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as running:
        _until_solving(running)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 5
    assert b"scenarios were not solved" in said


def test_one_ctrl_c_ends_one_what_if(tmp_path: Path) -> None:
    """The base plan is being solved: the best so far is the base, the what-if ends as it begins, and both are written."""
    instance, out = hard.write(tmp_path / "hard"), tmp_path / "out"
    words = ("whatif", instance, "--set", "houses.a.max_spend_usd=+1", "--gap", "0", "--out", out)
    status, said = interrupted(" cost:", *words)
    assert status in (4, 5), said
    assert json.loads((out / "base" / "plan.json").read_text())["status"] == "feasible"


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_one_ctrl_c_ends_an_explanation(workers: str, tmp_path: Path) -> None:
    """After the first answer: what was answered is written, the rest is counted; nothing cut short is kept."""
    instance, out = loose(tmp_path / "loose"), tmp_path / "plan"
    assert orebook("solve", instance, "--no-audit", "--out", out).returncode == 0
    status, said = interrupted("1 of", "explain", out, "--workers", workers)
    assert status == 0, said
    assert "questions were not asked" in said
