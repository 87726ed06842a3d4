"""`orebook statement`: tables, JSON and files of what members may draw, have drawn, owe and carry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import orebook
from tests.report.membered import membered_plan
from tests.report.sample import sample_plan

from orebook.files.atomic import write_folder
from orebook.plan import Plan
from orebook.report import files_of
from orebook.report.member import EVERY, figures, statement_of, statement_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the plan of three members."""
    return _written(membered_plan(), tmp_path)


def _written(plan: Plan, tmp_path: Path) -> Path:
    write_folder(tmp_path / "plan", files_of(plan))
    return tmp_path / "plan"


def test_tables_stand_on_the_terminal(folder: Path) -> None:
    """Of all members, each with its own; of one, without the others."""
    every, acme = orebook("statement", folder), orebook("statement", folder, "--member", "acme")
    assert (every.returncode, acme.returncode, acme.stderr) == (0, 0, "")
    assert ["borealis" in ran.stdout for ran in (every, acme)] == [True, False]
    assert [figure in acme.stdout for figure in ("13.635", "1,209.73", "17.51", "50 %", "30.17")] == [True] * 5


def test_one_json_document_has_all_figures(folder: Path) -> None:
    """And nothing else stands on standard output."""
    ran = orebook("statement", folder, "--member", "cygnus", "--json")
    assert json.loads(ran.stdout) == figures(statement_of(membered_plan(), "cygnus"))
    assert [m["member"] for m in json.loads(orebook("statement", folder, "--json").stdout)["members"]] == [
        "acme",
        "borealis",
        "cygnus",
    ]


@pytest.mark.parametrize("whose", ["acme", EVERY])
def test_files_are_written_in_each_form(folder: Path, tmp_path: Path, whose: str) -> None:
    """The page, the text and the workbook, and a file that is there is replaced by force alone."""
    out = [tmp_path / name for name in ("a.html", "b.md", "c.xlsx")]
    asked: list[str | Path] = ["statement", folder, "--html", out[0], "--md", out[1], "--xlsx", out[2]]
    asked += [] if whose == EVERY else ["--member", whose]
    ran = orebook(*asked)
    assert (ran.returncode, ran.stdout, ran.stderr.splitlines()) == (0, "", [f"written: {path}" for path in out])
    assert [path.read_bytes() for path in out] == [
        content if isinstance(content, bytes) else content.encode()
        for name in ("statement.html", "statement.md", "statement.xlsx")
        for content in [statement_reports(membered_plan(), whose)[name]]
    ]
    assert orebook(*asked).returncode == 2
    assert orebook(*asked, "--force").returncode == 0


def test_who_is_no_member_is_refused(folder: Path, tmp_path: Path) -> None:
    """Exit status 2, what was probably meant, and no file; with --json as findings."""
    ran = orebook("statement", folder, "--member", "acmee", "--md", tmp_path / "x.md")
    assert (ran.returncode, 'did you mean "acme"?' in ran.stderr) == (2, True)
    assert not (tmp_path / "x.md").exists()
    (found,) = json.loads(orebook("statement", folder, "--member", "acmee", "--json").stdout)["findings"]
    assert found["check"] == "unknown_name"


def test_a_reserve_without_members_says_so(tmp_path: Path) -> None:
    """Exit status 2 and a sentence."""
    ran = orebook("statement", _written(sample_plan(), tmp_path))
    assert (ran.returncode, "the reserve has no members" in ran.stderr) == (2, True)
