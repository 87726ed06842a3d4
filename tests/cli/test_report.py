"""`orebook report`, as a planner runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.cli.commands import orebook, python
from tests.report.known import FACTS, RULE
from tests.report.lent import lent_plan
from tests.report.sample import sample_plan

from orebook.explanations.answer_cache import facts_json
from orebook.files.atomic import write_folder
from orebook.files.plan_folder import open_facts
from orebook.report import files_of, plan_workbook
from orebook.report.lender import loan_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample's folder with its facts, and an answer that was dropped."""
    files = files_of(sample_plan(), FACTS)
    write_folder(tmp_path / "plan", {**files, "facts.json": facts_json(list(FACTS)), "dropped.json": '["rule x: no"]'})
    return tmp_path / "plan"


def test_a_folder_gives_its_facts_and_what_was_dropped(folder: Path, tmp_path: Path) -> None:
    """As they were written; a folder without them has none."""
    assert open_facts(folder) == (FACTS, ("rule x: no",))
    assert open_facts(folder / "plan.json") == (FACTS, ("rule x: no",))
    assert open_facts(tmp_path) == ((), ())


def test_every_form_is_written_with_the_facts(folder: Path, tmp_path: Path) -> None:
    """All stand, hold a fact each, and count what was dropped; so does the command."""
    out = [tmp_path / name for name in ("a.html", "b.md", "c.xlsx")]
    ran = orebook("report", folder, "--html", out[0], "--md", out[1], "--xlsx", out[2])
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.splitlines()[:3] == [f"written: {path}" for path in out]
    assert "DROPPED, as their check failed: 1" in ran.stderr
    page = (tmp_path / "a.html").read_text()
    assert RULE.says in page
    assert "1 ANSWER DROPPED" in page
    assert "share\\_max" in (tmp_path / "b.md").read_text()
    assert out[2].read_bytes() == plan_workbook(sample_plan(), FACTS, dropped=["rule x: no"])


def test_what_is_redacted_is_in_no_file(folder: Path, tmp_path: Path) -> None:
    """The option may stand often."""
    out = tmp_path / "out.html"
    ran = orebook("report", folder, "--html", out, "--redact", "prices", "--redact", "houses")
    assert ran.returncode == 0
    assert "This copy goes without names of houses, prices." in out.read_text()
    assert not [word for word in ("traxys", "7,771", "3,668") if word in out.read_text().lower()]


def test_a_lender_is_handed_its_own_loan(tmp_path: Path) -> None:
    """The page, the text and the workbook of that source instead of the plan's own, and no fact or dropped answer."""
    write_folder(tmp_path / "plan", {**files_of(lent_plan()), "dropped.json": '["rule x: no"]'})
    out = [tmp_path / name for name in ("a.html", "b.md", "c.xlsx")]
    ran = orebook("report", tmp_path / "plan", "--lender", "exim", "--html", out[0], "--md", out[1], "--xlsx", out[2])
    assert (ran.returncode, ran.stderr.splitlines()) == (0, [f"written: {path}" for path in out])
    assert [path.read_bytes() for path in out] == [
        content if isinstance(content, bytes) else content.encode()
        for name in ("lender.html", "lender.md", "lender.xlsx")
        for content in [loan_reports(lent_plan(), "exim")[name]]
    ]


def test_a_file_is_replaced_only_by_force(folder: Path, tmp_path: Path) -> None:
    """What stood there stands, and nothing else was written before it was noticed."""
    there, other = tmp_path / "there.md", tmp_path / "other.html"
    there.write_text("mine")
    ran = orebook("report", folder, "--html", other, "--md", there)
    assert (ran.returncode, there.read_text(), other.exists()) == (2, "mine", False)
    assert "is there already" in ran.stderr
    assert orebook("report", folder, "--md", there, "--force").returncode == 0
    assert there.read_text().startswith("# A sample")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a file to write"),
        (["--html", "x.html", "--redact", "names"], "names"),
        (["--html", "x.html", "--lender", "loaned"], '"loaned" is no source of money; did you mean "loan"?'),
        (["--html", "x.html", "--lender", "loan", "--redact", "houses"], "leave --redact out"),
    ],
)
def test_bad_usage_says_what_is_wrong(folder: Path, arguments: list[str], says: str) -> None:
    """Exit status 2, and nothing is written."""
    ran = orebook("report", folder, *arguments, cwd=folder.parent)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert not (folder.parent / "x.html").exists()


def test_facts_that_cannot_be_read_are_named(folder: Path, tmp_path: Path) -> None:
    """The file, the place in it, and what to do."""
    (folder / "facts.json").write_text('[{"kind": "rumour"}]')
    ran = orebook("report", folder, "--html", tmp_path / "x.html")
    assert ran.returncode == 2
    assert "facts.json: 0.kind" in ran.stderr
    assert "ask again with orebook explain" in ran.stderr


def test_a_pdf_without_weasyprint_says_what_to_install(folder: Path, tmp_path: Path) -> None:
    """No traceback, exit status 2, no file."""
    code = (
        "import sys; sys.modules['weasyprint'] = None; from pathlib import Path;"
        "from orebook.cli.forms import Outputs; from orebook.cli.report import ReportOptions, run;"
        f"outputs = Outputs(None, None, Path({str(tmp_path / 'x.pdf')!r}), None, False);"
        f"sys.exit(run(Path({str(folder)!r}), ReportOptions(outputs, ())))"
    )
    ran = python(code)
    assert ran.returncode == 2
    assert "install orebook[pdf]" in ran.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_report_needs_no_solver(folder: Path, tmp_path: Path) -> None:
    """It is drawn from what stands in the folder."""
    page, book = str(tmp_path / "x.html"), str(tmp_path / "x.xlsx")
    ran = python(
        "import sys; from pathlib import Path;"
        "from orebook.cli.forms import Outputs; from orebook.cli.report import ReportOptions, run;"
        f"outputs = Outputs(Path({page!r}), None, None, Path({book!r}), False);"
        f"run(Path({str(folder)!r}), ReportOptions(outputs, ()));"
        "print({'pyomo', 'highspy', 'pandas', 'weasyprint'} & {*sys.modules})"
    )
    assert ran.stdout.strip() == "set()", sys.version
