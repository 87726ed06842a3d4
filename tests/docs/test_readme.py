"""README.md does what it says: its code runs, its commands end well, its figures and names are those of the project."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from tests.docs.files import ROOT, blocks, broken_links, table
from tests.docs.write_formulation import level

import orebook
from orebook.changes import Change, parse
from orebook.cli import exit_status
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.formulation.prices import PriceBook
from orebook.rolling.drill_file import check_drill, read_drill
from orebook.schema.rules import BuiltInRule
from orebook.schema.tables import OfferRow

FILE = ROOT / "README.md"
README = FILE.read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place with the instances in it, for plans to be written to."""
    (tmp_path / "instances").symlink_to(ROOT / "instances")
    return tmp_path


def _help(command: str) -> str:
    wide = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    return subprocess.run(
        [BIN / "orebook", command, "--help"], env=wide, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.slow
def test_the_python_blocks_run(folder: Path) -> None:
    """In fresh processes: an optimal plan that was audited, asked, compared and saved; and a plan of DataFrames."""
    first, second = (
        subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout
        for code in blocks(README, "python")
    )
    assert first.startswith("optimal True\n")
    assert "\ngallium has 21.0 of 30.0 days of cover" in first
    assert first.endswith("\nTrue\n")
    assert orebook.open_plan(folder / "plans" / "small").audit is True
    assert second == "Plan frames: optimal, 2 tickets, 2,000,000 USD, 2 targets missed, audited\n"


@pytest.mark.slow
def test_the_console_block_runs(folder: Path) -> None:
    """The commands, one after the other, each end with status 0 and write every file that is named."""
    (block,) = blocks(README, "console")
    for line in block.splitlines():
        program, *words = shlex.split(line.removeprefix("$ "))
        assert program == ".venv/bin/orebook"
        subprocess.run([BIN / "orebook", *words], cwd=folder, capture_output=True, check=True)
    named = set(
        re.findall(r"`(\w+\.(?:json|csv|md|html|xlsx))`", README.split("`solve` writes", 1)[1].split(", all of", 1)[0])
    )
    assert {p.name for p in (folder / "plans" / "small").iterdir()} == named


OPTIONS_OF = {
    "Your own sheets": "import",
    "What if": "whatif",
    "What may come": "futures",
    "Orders that stand whatever comes": "hedge",
    "Week after week": "roll",
    "The next week": "next-week",
    "Drills": "drill",
    "Why this plan": "explain",
    "The report": "report",
    "What a member is handed": "statement",
    "Plans side by side": "compare",
    "The service": "serve",
}
"""heading -> the command whose options its section names; all other sections name those of `solve`."""


@pytest.mark.slow
def test_every_option_named_exists() -> None:
    """What README.md writes as `--option` is an option of the command that its section is about."""
    named: dict[str, set[str]] = {}
    for section in README.split("\n## "):
        text = section.replace("`orebook solve --set ...`", "").replace("`orebook key NAME --scope", "")
        found = re.findall(r"`(--[\w-]+)[^`]*`", text)
        named.setdefault(OPTIONS_OF.get(section.splitlines()[0], "solve"), set()).update(found)
    assert {command: len(options) >= 2 for command, options in named.items()} == dict.fromkeys(
        ["solve", *OPTIONS_OF.values()], True
    )
    for command, options in named.items():
        known = _help(command)
        assert [o for o in options if not re.search(rf"{o}\b", known)] == []


def test_exit_statuses_are_those_of_the_command() -> None:
    """The table lists each status that a command can end with, once; `tests/cli` brings all but the last about."""
    known = {value for name, value in vars(exit_status).items() if name.isupper()}
    assert [int(row[0]) for row in table(README, "exit status")] == sorted(known)


def test_changes_can_be_made_to_the_vault() -> None:
    """Every form there is has an example, and each changes the problem of instances/vault."""
    vault = read(ROOT / "instances" / "vault")
    examples = [row[1].strip("`") for row in table(README, "change")]
    assert {type(parse(example)) for example in examples} == set(get_args(Change))
    for example in examples:
        changed = vault.change(example)
        assert (changed.digest, changed.rules_off) != (vault.digest, vault.rules_off)


def test_the_drill_can_be_made_on_the_vault(tmp_path: Path) -> None:
    """The block of TOML is a drill of two shocks, and the names that ship are those that are there."""
    (block,) = blocks(README, "toml")
    path = tmp_path / "drill.toml"
    path.write_text(block, encoding="utf-8")
    drill, vault = read_drill(path), ROOT / "instances" / "vault"
    check_drill(drill, read(vault), 4, path.name)
    assert [shock.week for shock in drill.shocks] == [2, 4]
    section = README.split("## Drills", 1)[1].split("\n## ", 1)[0]
    assert [name.stem for name in (vault / "drills").glob("*.toml") if f"`{name.stem}`" not in section] == []


def test_make_targets_exist() -> None:
    """`make plan` and `make test` are in the Makefile."""
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    (block,) = blocks(README, "sh")
    for line in block.splitlines():
        assert re.search(rf"^{line.split()[1]}:", made, re.MULTILINE)


def test_rules_stand_at_their_level() -> None:
    """The table has every rule, in the order of the schema, at the level that `weekly` gives it."""
    weekly = read_model("weekly")
    assert [row[:2] for row in table(README, "rule")] == [[f"`{r}`", level(weekly, r)] for r in get_args(BuiltInRule)]


def test_the_offer_is_a_row_of_the_table() -> None:
    """Every column that offers.csv may have is explained, with what vault-small has in it."""
    shown = {row[0]: row[1] for row in table(README, "column")}
    assert list(shown) == list(OfferRow.model_fields)
    with (ROOT / "instances" / "vault-small" / "offers.csv").open(encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["offer"] == shown["offer"])
    assert shown == row


def test_the_price_is_worked_out_as_the_model_does() -> None:
    """Quote to landed price of 450 t in week 2, each step as the formulation has it."""
    landed = PriceBook(read(ROOT / "instances" / "vault-small")).landed("traxys-copper-chile", 2)[2]
    steps = {row[0]: float(row[1]) for row in table(README, "step")}
    # (13000 + 150) * 0.995 = 13084.25; + 143.92675 + 130.8425 + 70 = 13429.01925; * 450 + 2500 = 6 045 558.6625
    assert steps["quote"] * 0.995 == pytest.approx(steps["tier"])
    worked_out = (landed.paid, landed.commission, landed.duty, landed.freight, landed.total)
    shown = [steps[step] for step in ("paid", "commission", "duty", "freight", "landed")]
    assert shown == pytest.approx(worked_out, abs=1e-6)
    assert f"**{450 * steps['landed'] + 2500:.2f} USD**" in README


def test_links_lead_somewhere() -> None:
    """Every relative link and picture of README.md exists."""
    assert broken_links(FILE) == []


def test_the_workbench_has_the_buttons_that_are_named() -> None:
    """What the section quotes stands on a page, small letters or large."""
    section = README.split("## The workbench", 1)[1].split("\n## ", 1)[0]
    pages = " ".join(p.read_text("utf-8") for p in (ROOT / "src/orebook/workbench/templates").glob("*.j2")).lower()
    named = re.findall(r'"([^"]+)"', section)
    assert len(named) >= 2
    assert [words for words in named if words not in pages] == []
