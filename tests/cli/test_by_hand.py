"""A plan by hand as a CSV of tickets, and folders to begin from."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import make_problem
from typer.testing import CliRunner

import orebook
from orebook.cli.app import app
from orebook.errors import InputError


def tickets(folder: Path, text: str) -> Path:
    """A file of tickets."""
    path = folder / "tickets.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_tickets_alone_are_judged(tmp_path: Path) -> None:
    """6 t of 10 days wanted, within 700 USD; 8 t are 100 USD too many. Stores and money are filled in."""
    problem = make_problem({"budget_usd": 700})
    verdict = orebook.verify(problem, tickets(tmp_path, "offer,week,tonnes\na,1,4\na,2,2\n"))
    assert verdict.ok
    assert verdict.judgement.measures["cover"] == 20  # 4 days short, all critical: 1 + 4 each
    verdict = orebook.verify(problem, tickets(tmp_path, "offer,week,tonnes\na,1,8\n"))
    assert [(b.row, float(b.by)) for b in verdict.breaches] == [("budget_total", 100.0)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("b,1,4", 'tickets.csv:2 offer: "b" is no offer'),
        ("a,3,4", "tickets.csv:2 week: 3 is after the last week; write 1 to 2"),
        ("a,1,0", "tickets.csv:2 tonnes"),
        ("a,1,4\na,1,4", "tickets.csv:3: a in week 1 stands twice; add the tonnes up"),
    ],
)
def test_tickets_that_cannot_be_meant_are_named(tmp_path: Path, line: str, says: str) -> None:
    """File, row, column, and what to do."""
    with pytest.raises(InputError) as error:
        orebook.verify(make_problem(), tickets(tmp_path, f"offer,week,tonnes\n{line}\n"))
    assert says in str(error.value.findings[0])


def test_the_command_judges_tickets(tmp_path: Path) -> None:
    """One ticket of the small vault breaks what is frozen and must be there: exit status 1."""
    path = tickets(tmp_path, "offer,week,tonnes\ntraxys-copper-chile,1,400\n")
    done = CliRunner().invoke(app, ["verify", "vault-small", str(path)])
    assert done.exit_code == 1
    assert "must_cover[cobalt,4]" in done.output
    assert "the plan does not hold" in done.output


def test_a_folder_to_begin_from(tmp_path: Path) -> None:
    """An instance that ships, a workbook, and tables without rows; what cannot be read leaves nothing behind."""
    begun = CliRunner().invoke(app, ["init", str(tmp_path / "a"), "--from", "vault-small"])
    assert begun.exit_code == 0, begun.output
    assert orebook.read(tmp_path / "a").digest == orebook.read("vault-small").digest
    orebook.write_workbook(make_problem(), tmp_path / "book.xlsx")
    assert CliRunner().invoke(app, ["init", str(tmp_path / "b"), "--from", str(tmp_path / "book.xlsx")]).exit_code == 0
    assert orebook.read(tmp_path / "b").digest == make_problem().digest
    assert CliRunner().invoke(app, ["init", str(tmp_path / "c"), "--from", "empty"]).exit_code == 0
    assert (tmp_path / "c" / "offers.csv").read_text(encoding="utf-8").startswith("offer,house,mineral,")
    assert CliRunner().invoke(app, ["init", str(tmp_path / "d"), "--from", "nowhere"]).exit_code == 2
    assert not (tmp_path / "d").exists()
