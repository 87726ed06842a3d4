"""`orebook explain`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from tests.cli.commands import INSTANCES, TEACHING, orebook
from tests.explanations.solved import vault_small

from orebook.files.atomic import write_folder
from orebook.report import files_of


@cache
def files() -> dict[str, bytes | str]:
    """The plan of vault-small as files."""
    return dict(files_of(vault_small().plan))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The plan of vault-small in its folder."""
    write_folder(tmp_path / "small", files())
    return tmp_path / "small"


def test_one_question(folder: Path) -> None:
    """The answer is sentences; nothing is written."""
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    done = orebook("explain", folder, "--mineral", "gallium")
    assert done.returncode == 0
    assert done.stdout.startswith("gallium has 21.0 of 30.0 days of cover")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_one_question_as_json(folder: Path) -> None:
    """One document of facts in the contract's form."""
    facts = json.loads(orebook("explain", folder, "--mineral", "gallium", "--json").stdout)
    assert set(facts[0]) == {"kind", "about", "figures", "method", "held", "changes", "says"}
    assert facts[0]["about"] == {"mineral": "gallium", "week": 4}


def test_a_name_that_is_not_there(folder: Path) -> None:
    """Status 2, with the nearest name."""
    done = orebook("explain", folder, "--mineral", "galium")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == '--mineral: "galium" is not there; did you mean "gallium"?\n'


def test_a_folder_that_is_no_plan(tmp_path: Path) -> None:
    """Status 2, and what is missing."""
    done = orebook("explain", tmp_path)
    assert done.returncode == 2
    assert "plan.json" in done.stderr


def test_a_plan_whose_instance_is_gone(folder: Path) -> None:
    """Status 2, and the mend."""
    (folder / "instance.json").unlink()
    done = orebook("explain", folder)
    assert done.returncode == 2
    assert "orebook solve writes it beside plan.json" in done.stderr


def test_a_clash() -> None:
    """Of an instance without a plan: what clashes, and its mends, as `check --clash` says it; its help names that."""
    clash = INSTANCES / "teaching" / "clash"
    done = orebook("explain", clash, "--clash")
    assert done.returncode == 0
    assert done.stdout.startswith("No plan can keep these together")
    assert len(done.stdout.splitlines()) == 3
    assert orebook("check", clash, "--clash").stdout.endswith(done.stdout)
    assert "orebook check --clash" in " ".join(orebook("explain", "--help").stdout.replace("│", " ").split())


@pytest.mark.slow
def test_everything_is_written_beside_the_plan(tmp_path: Path) -> None:
    """All questions: facts.json and answers.json join the plan's files; asked again, the same at once."""
    folder = tmp_path / "plan"
    assert orebook("solve", TEACHING / "budget", "--no-audit", "--out", folder).returncode == 0
    done = orebook("explain", folder, "--workers", "2")
    assert done.returncode == 0, done.stderr
    facts = json.loads((folder / "facts.json").read_text())
    assert len(done.stdout.splitlines()) == len(facts)
    assert {"plan.json", "report.html", "facts.json", "answers.json"} <= {p.name for p in folder.iterdir()}
    again = orebook("explain", folder)
    assert again.stdout == done.stdout
    assert " 1 of " not in again.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--ticket", "copper"], '--ticket: "copper" is no ticket; write OFFER/WEEK'),
        (
            ["--ticket", "hartree-copper-canada/9"],
            "--ticket: the plan has no ticket of hartree-copper-canada in week 9",
        ),
        (["--offer", "mercuria-coper-kazakhstan"], 'did you mean "mercuria-copper-kazakhstan"?'),
    ],
)
def test_no_such_ticket_or_offer(folder: Path, words: list[str], says: str) -> None:
    """Status 2, with what there is."""
    done = orebook("explain", folder, *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_why_here_and_why_not_there(folder: Path) -> None:
    """A ticket is held against its rivals term by term; an offer without one says at which price it would enter."""
    assert "landed (quote" in orebook("explain", folder, "--ticket", "hartree-copper-canada/2").stdout
    said = orebook("explain", folder, "--offer", "mercuria-copper-kazakhstan").stdout
    assert "mercuria-copper-kazakhstan in" in said
