"""`--set`: changes on the command line, kept in the plan, and held against it by `verify`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.commands import TEACHING, orebook

from orebook.files.instances import read

CHEAPER = ("--set", "minerals.tin.price_usd_per_t=-10%", "--set", "offers.tin.price_usd_per_t=9000")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of teaching/cover with tin a tenth cheaper."""
    out = tmp_path_factory.mktemp("cheaper") / "plan"
    ended = orebook("solve", TEACHING / "cover", *CHEAPER, "--no-audit", "--out", out)
    assert ended.returncode == 0, ended.stderr
    return out / "plan.json"


def test_a_plan_keeps_its_changes_and_the_digest_of_what_they_make(plan: Path, tmp_path: Path) -> None:
    """The texts in order; the digest is that of the folder with 9000 typed into both files. 11 t are bought, not 10."""
    shutil.copytree(TEACHING / "cover", tmp_path / "cover")
    for name in ("minerals.csv", "offers.csv"):
        file = tmp_path / "cover" / name
        file.write_text(file.read_text().replace("10000", "9000"))
    document = json.loads(plan.read_text())
    assert document["instance"]["changes"] == list(CHEAPER[1::2])
    assert document["instance"]["digest"] == read(tmp_path / "cover").digest
    # 100 000 USD at 9 000 USD/t are 11 whole tonnes; the instance as it is buys 4 t at 10 000 and 6 t at 9 000
    assert sum(ticket["tonnes"] for ticket in document["tickets"]) == 11


def test_verify_makes_the_changes_it_is_given(plan: Path) -> None:
    """With the plan's own changes it holds, and there is nothing to note."""
    ended = orebook("verify", TEACHING / "cover", plan, *CHEAPER)
    assert (ended.returncode, "note:" in ended.stdout) == (0, False)


def test_verify_does_not_take_a_plan_at_its_word(plan: Path) -> None:
    """Without them the plan's prices are not the instance's: status 1, and a note with what to add."""
    ended = orebook("verify", TEACHING / "cover", plan)
    assert ended.returncode == 1
    note = (
        "note: the plan was made with --set minerals.tin.price_usd_per_t=-10% --set offers.tin.price_usd_per_t=9000 "
        "and is checked with none"
    )
    assert ended.stdout.splitlines()[0] == note


def test_a_note_goes_to_standard_error_beside_json(plan: Path) -> None:
    """Standard output is one JSON document."""
    ended = orebook("verify", TEACHING / "cover", plan, "--set", "offers.tin.price_usd_per_t=9000", "--json")
    assert json.loads(ended.stdout)["ok"] is True
    assert ended.stderr.endswith("and is checked with --set offers.tin.price_usd_per_t=9000\n")


def test_a_rule_off_is_off_in_solve_and_in_verify(tmp_path: Path) -> None:
    """teaching/clash has a plan once `must` is off; `verify` breaks it on `must_cover` where that is not said."""
    out = tmp_path / "plan"
    off = ("--set", "rules.must=off")
    assert orebook("solve", TEACHING / "clash", *off, "--no-audit", "--out", out).returncode == 0
    assert orebook("verify", TEACHING / "clash", out / "plan.json", *off).returncode == 0
    ended = orebook("verify", TEACHING / "clash", out / "plan.json")
    assert (ended.returncode, "broken: must must_cover[tin,2]" in ended.stdout) == (1, True)


def test_check_looks_at_the_changed_instance() -> None:
    """An offer that opens after it closes is a fault; a quote far off the benchmark is a warning."""
    bad = orebook("check", TEACHING / "cover", "--set", "offers.tin.from_week=2", "--set", "offers.tin.to_week=1")
    assert bad.returncode == 1
    assert bad.stdout.splitlines()[0] == ("fault: offers.tin.to_week=1: 1 is before from_week 2; write 2 or later")
    odd = orebook("check", TEACHING / "cover", "--set", "offers.tin.price_usd_per_t=*20")
    assert odd.returncode == 0
    assert odd.stdout.startswith("warning: offers.csv:2 price_usd_per_t:")


@pytest.mark.parametrize("command", [("solve",), ("verify", "plan.json")], ids=lambda c: c[0])
def test_a_change_that_names_nothing_ends_with_2(command: tuple[str, ...], tmp_path: Path, plan: Path) -> None:
    """Status 2, the fault in the one JSON document with the change as its file, nothing written."""
    words = [plan if word == "plan.json" else word for word in command[1:]]
    ended = orebook(command[0], TEACHING / "cover", *words, "--set", "minerals.tim=none", "--json", cwd=tmp_path)
    assert ended.returncode == 2
    (fault,) = json.loads(ended.stdout)["findings"]
    assert (fault["file"], fault["value"]) == ("minerals.tim=none", "tim")
    assert 'did you mean "tin"?' in fault["message"]
    assert not list(tmp_path.iterdir())


def test_no_copy_is_marked_with_the_faults_of_a_changed_instance(tmp_path: Path) -> None:
    """The cells of a workbook are those of the instance as it is: status 2, nothing written."""
    ended = orebook("check", TEACHING / "cover", "--set", "instance.weeks=3", "--marked", tmp_path / "copy.xlsx")
    assert ended.returncode == 2
    assert ended.stderr.startswith(
        "error: nothing is marked: a copy is marked with the faults of the workbook as it is"
    )
    assert not list(tmp_path.iterdir())
