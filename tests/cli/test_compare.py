"""`orebook compare` as a planner runs it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from tests.cli.commands import INSTANCES, TEACHING, orebook

DEARER = "minerals.copper.price_usd_per_t=+10%"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The plan of vault-small, and that with dearer copper."""
    folder = tmp_path_factory.mktemp("plans")
    for name, changes in (("now", ()), ("dearer", ("--set", DEARER))):
        done = orebook("solve", INSTANCES / "vault-small", *changes, "--no-audit", "--out", folder / name)
        assert done.returncode == 0, done.stderr
    return folder / "now", folder / "dearer"


def test_two_plans_side_by_side_with_causes(plans: tuple[Path, Path]) -> None:
    """Both columns, the mineral that differs, the firm tickets, and the input that forces a change."""
    done = orebook("compare", *plans)
    assert done.returncode == 0, done.stderr
    for words in ("now", "dearer", "total cost, USD", DEARER[:20], "copper", "tickets stand in every plan"):
        assert words in done.stdout
    assert "With price of copper as it was" in done.stdout


def test_as_json_every_figure_is_the_plans_own(plans: tuple[Path, Path]) -> None:
    """One document: each plan's costs as in its plan.json, tickets that stand in both, and the facts."""
    done = orebook("compare", *plans, "--no-causes", "--json")
    said = json.loads(done.stdout)
    own = [json.loads((folder / "plan.json").read_text(encoding="utf-8")) for folder in plans]
    assert [p["costs"] for p in said["plans"]] == [p["costs"] for p in own]
    keys = [{(t["offer"], t["week"]): t["tonnes"] for t in p["tickets"]} for p in own]
    both = {k for k in keys[0].keys() & keys[1].keys() if keys[0][k] == pytest.approx(keys[1][k], rel=1e-6)}
    assert {(t["offer"], t["week"]) for t in said["firm"]} == both
    assert {f["kind"] for f in said["facts"]} == {"difference"}


def test_a_page_and_a_workbook(plans: tuple[Path, Path], tmp_path: Path) -> None:
    """Both say what the terminal says; the page has no script, the workbook a chart; the same plans make the same bytes."""
    page, book = tmp_path / "c.html", tmp_path / "c.xlsx"
    done = orebook("compare", *plans, "--html", page, "--xlsx", book)
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    why = orebook("compare", *plans).stdout.rstrip().rpartition("\n\n")[2].splitlines()
    assert len(why) > 2
    for words in (*why, "Cover and money by mineral", "<svg", "Order cash by week"):
        assert words in text
    assert "<script" not in text
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Plans", "Minerals", "Houses", "Weeks", "Firm", "Changes"]
    assert len(sheets["Plans"]._charts) == 2  # type: ignore[attr-defined]
    own = [json.loads((folder / "plan.json").read_text(encoding="utf-8"))["costs"]["total_usd"] for folder in plans]
    rows = list(sheets["Plans"].iter_rows(values_only=True))
    column = next(row.index("total cost USD") for row in rows if "total cost USD" in row)
    found = [row[column] for row in rows if isinstance(row[column], float)]
    assert found == pytest.approx(own)
    before = book.read_bytes()
    assert orebook("compare", *plans, "--xlsx", book).returncode == 2  # it is there already
    assert orebook("compare", *plans, "--xlsx", book, "--force").returncode == 0
    assert book.read_bytes() == before


def test_three_plans_and_what_cannot_be_compared(plans: tuple[Path, Path], tmp_path: Path) -> None:
    """Any number stands side by side; one alone is bad usage, and a folder without a plan is bad input."""
    other = tmp_path / "other"
    assert orebook("solve", TEACHING / "budget", "--no-audit", "--out", other).returncode == 0
    assert orebook("compare", *plans, other).returncode == 0
    assert orebook("compare", plans[0]).returncode == 2
    assert orebook("compare", plans[0], tmp_path / "none").returncode == 2
