"""`orebook drill` as a board's secretary runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import INSTANCES, orebook

import orebook as library
from orebook.files.plan_folder import open_plan
from orebook.rolling.drill import SHARE_S
from orebook.rolling.drill_file import check_drill, read_drill

SMALL = INSTANCES / "vault-small"
DRILLS = sorted((INSTANCES / "vault" / "drills").glob("*.toml"))
TEXT = """
name = "Ban, draw and a house out"
[[shock]]
week = 2
changes = ["origin_barred(origin=china, week=2)"]
[[shock]]
week = 3
changes = ["emergency_draw(days=5, week=3, members=engines)", "house_out(house=hartree, week=3)"]
"""


def drill_file(folder: Path, text: str) -> Path:
    """A drill of a text."""
    path = folder / "drill.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_drill_is_written_whole_and_its_weeks_can_be_opened(tmp_path: Path) -> None:
    """Four ways over two workers; each week's plan opens, and its money is the table's."""
    done = orebook("drill", SMALL, drill_file(tmp_path, TEXT), "--out", tmp_path / "d", "--json", "--workers", "2")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == json.loads((tmp_path / "d" / "drill.json").read_text(encoding="utf-8"))
    assert (told["schema"], told["weeks"], told["drill"]["name"]) == ("orebook/drill/1", 4, "Ban, draw and a house out")
    assert [way["way"] for way in told["ways"]] == ["plan", "foresight", "thumb", "calm"]
    assert sorted(p.name for p in (tmp_path / "d").iterdir()) == ["drill.html", "drill.json", "drill.xlsx", "weeks"]
    plan = told["ways"][0]
    for week in plan["weeks"]:
        opened = open_plan(tmp_path / "d" / "weeks" / f"{week['week']:03d}")
        assert float(opened.judgement.cash[0].cash_usd) == pytest.approx(week["cash_usd"])
    assert {(s["mineral"], s["week"], s["arrives"]) for s in plan["struck"]} == {("gallium", 2, None)}
    assert {w["member"] for w in plan["withdrawals"] if w["withdrawal"].startswith("emergency")} == {"engines"}


@pytest.mark.slow
def test_a_terminal_reads_it_in_short(tmp_path: Path) -> None:
    """The ways in a table, then sentences; the weeks as they are committed, on standard error."""
    done = orebook("drill", SMALL, drill_file(tmp_path, TEXT), "--out", tmp_path / "d", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert "targets are whole on time" in done.stdout
    assert "plan, week 2 (2026-02-16): optimal" in done.stderr
    assert "origin_barred(origin=china, week=2) came true, 0.25 t under way are lost" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = 'x'\n", "drill.toml shock: is missing: [[shock]]: a week and its changes"),
        ("name = 'x'\n[[shock]]\nweek = 0\nchanges = []\n", "drill.toml shock[0].week: 0 is below 1; write 1 or more"),
        (
            "name = 'x'\n[[shock]]\nweek = 2\nchanges = ['house_out(house=x)']\n",
            "drill.toml shock[0]: house_out(house=x): ",
        ),
        ("name = 'x'\n[[shock]]\nweek = 9\nchanges = ['instance.budget_usd=1']\n", "the plan has weeks 1 to 4"),
        ("name = ", "drill.toml: is not TOML"),
    ],
)
def test_a_drill_that_cannot_be_made_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """File, shock and mend, before anything is solved."""
    done = orebook("drill", SMALL, drill_file(tmp_path, text), "--out", tmp_path / "d")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "d").exists()


def test_a_drill_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Neither a file nor a name among the instance's own."""
    done = orebook("drill", "vault", "bann", "--out", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("bann: is missing")
    assert "ban, engines-surge, house-fails" in done.stderr


@pytest.mark.parametrize("path", DRILLS, ids=lambda path: path.stem)
def test_the_vaults_drills_can_be_made_in_four_weeks(path: Path) -> None:
    """Each says what it is for, and every shock can be made on the instance as those before it leave it."""
    drill = read_drill(path)
    assert drill.note
    check_drill(drill, library.read(INSTANCES / "vault"), 4, path.name)


def test_four_drills_ship_with_the_vault() -> None:
    """A ban, a house that fails, a surge, and all at once."""
    assert [path.stem for path in DRILLS] == ["all-at-once", "ban", "engines-surge", "house-fails"]


def test_the_command_gives_a_solve_the_librarys_seconds() -> None:
    """Its default is written out, as nothing is imported before it runs."""
    done = orebook("drill", "--help")
    assert f"[default: {SHARE_S:g}" in " ".join(done.stdout.split())
