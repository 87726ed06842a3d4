"""`orebook explain` and `orebook report` of a hedged plan, as a planner runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import orebook
from orebook.files.plan_folder import open_facts
from tests.cli.commands import TEACHING
from tests.cli.commands import orebook as command

BAN = TEACHING / "ban"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hedged plan of `ban`."""
    place = tmp_path_factory.mktemp("written") / "plan"
    orebook.hedge(BAN, audit=False).save(place)
    return place


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy, to be explained."""
    shutil.copytree(written, tmp_path / "plan")
    return tmp_path / "plan"


def test_everything_is_asked_and_the_report_written_anew(folder: Path) -> None:
    """Sentences on the output, a line a question beside it; facts.json; futures and all else are still there."""
    done = command("explain", folder)
    assert done.returncode == 0, done.stderr
    assert "100 t of china-now in week 1 is a hedge: as-it-stands by itself would not have it;" in done.stdout
    assert "is ordered now where ban has over 6.67 %; it has 50 %" in done.stdout
    asked = [line.split()[2].rstrip(":") for line in done.stderr.splitlines()[:-1]]
    assert asked == ["stance", "turn", "worth", "tail", "exposed"]
    assert done.stderr.splitlines()[-1] == f"written: {folder / 'facts.json'} and the report"
    facts, dropped = open_facts(folder)
    assert [str(fact) for fact in facts] == done.stdout.splitlines()
    assert dropped == ()
    assert "1 hedge" in (folder / "report.md").read_text(encoding="utf-8")
    assert orebook.open_hedge(folder).now[0].offer == "china-now"
    assert command("verify", BAN, folder).returncode == 0


@pytest.mark.parametrize(("option", "facts"), [("stance", 1), ("turn", 3), ("worth", 2), ("tail", 2), ("exposed", 1)])
def test_one_question_is_answered_and_nothing_is_written(written: Path, option: str, facts: int) -> None:
    """As words and as JSON."""
    done = command("explain", written, f"--{option}", "--json")
    assert done.returncode == 0
    assert [fact["kind"] for fact in json.loads(done.stdout)] == [option] * facts
    assert not (written / "facts.json").exists()


def test_questions_of_plans_and_of_hedged_plans_are_told_apart(written: Path, folder: Path) -> None:
    """Each is refused of the other; the main plan is asked by its plan.json, which leaves the folder whole."""
    done = command("explain", written, "--baselines")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no question about a hedged plan; write exposed, stance, tail, turn or worth" in done.stderr
    assert command("explain", written / "plan.json", "--baselines").returncode == 0
    done = command("explain", written / "futures" / "ban", "--stance")
    assert (done.returncode, done.stdout) == (2, "")
    assert '"stance" is no question' in done.stderr
    assert command("explain", folder / "plan.json").returncode == 0
    assert orebook.open_hedge(folder).status == "optimal"


def test_the_report_is_written_again_with_the_facts(folder: Path, tmp_path: Path) -> None:
    """Whole, and without prices."""
    assert command("explain", folder).returncode == 0
    out = [tmp_path / name for name in ("a.html", "b.md", "c.xlsx")]
    done = command("report", folder, "--html", out[0], "--md", out[1], "--xlsx", out[2])
    assert done.returncode == 0
    assert out[1].read_text(encoding="utf-8") == (folder / "report.md").read_text(encoding="utf-8")
    assert out[2].read_bytes() == (folder / "plan.xlsx").read_bytes()
    assert command("report", folder, "--html", out[0], "--redact", "prices", "--force").returncode == 0
    page = out[0].read_text(encoding="utf-8")
    assert "What to order now, and how sure" in page
    assert "10,400" not in page
