"""Exit statuses, what goes to standard output and what does not, and what the command reads before it starts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli import hard
from tests.cli.commands import INSTANCES, TEACHING, installed, orebook, python
from tests.solver.test_child_process import deaf

from orebook.cli.solve import SolveOptions, run

HEAVY = (
    "pandas", "pyomo", "highspy", "altair", "pydantic", "numpy", "scipy", "jinja2", "openpyxl", "xlsxwriter",
    "fastapi", "starlette", "sqlalchemy", "alembic", "uvicorn", "huey", "structlog", "httpx2", "authlib", "prometheus_client",
)  # fmt: skip


def test_help_loads_nothing_heavy() -> None:
    """`orebook --help` needs no solver, no tables and no schema: that is what keeps it quick."""
    code = f"""
import sys
sys.argv = ["orebook", "--help"]
from orebook.cli import main
try:
    main()
except SystemExit as end:
    print(end.code, [name for name in {HEAVY!r} if name in sys.modules])
"""
    ended = python(code)
    assert ended.stdout.splitlines()[-1] == "0 []", ended.stderr


def test_import_is_silent_and_light() -> None:
    """`import orebook` prints nothing and loads nothing heavy."""
    ended = python(f"import orebook, sys; assert not [n for n in {HEAVY!r} if n in sys.modules]")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_solve_loads_no_statistics() -> None:
    """Whoever solves needs sparse matrices of scipy, not the rest of it, which takes longer than all of ours to load."""
    ended = python(
        "import orebook.cli.solve, sys; print(*sorted({'pyomo', 'scipy.sparse', 'scipy.stats'} & set(sys.modules)))"
    )
    assert ended.stdout.split() == ["pyomo", "scipy.sparse"]


def test_check_ends_with_0_for_a_sound_instance() -> None:
    """Status 0, and a line that counts no faults."""
    ended = orebook("check", TEACHING / "cover")
    assert ended.returncode == 0
    assert "0 faults, 0 warnings" in ended.stdout


def test_check_ends_with_1_for_faults_and_lists_them_in_json(tmp_path: Path) -> None:
    """Status 1 for a broken table, and the finding whole in the one JSON document."""
    broken = _broken(tmp_path)
    ended = installed("check", broken, "--json")
    found = json.loads(ended.stdout)
    assert (ended.returncode, found["ok"]) == (1, False)
    assert found["findings"][0]["file"] == "houses.csv"


def test_check_ends_with_1_for_an_instance_that_is_not_there() -> None:
    """A missing folder is a fault like any other."""
    assert orebook("check", TEACHING / "no-such-case").returncode == 1


def test_check_refuses_warnings_only_under_strict() -> None:
    """The three offers of vault-small that nobody can use are warnings; `--strict` makes them status 1."""
    assert orebook("check", INSTANCES / "vault-small").returncode == 0
    assert orebook("check", INSTANCES / "vault-small", "--strict").returncode == 1


def test_solve_ends_with_0_and_writes_a_plan_that_verify_accepts(tmp_path: Path) -> None:
    """Status 0 for a proven plan, in the folder named by `--out`; `verify` ends with 0 on it."""
    ended = installed("solve", TEACHING / "cover", "--out", tmp_path / "plan")
    assert ended.returncode == 0, ended.stderr
    assert {p.name for p in (tmp_path / "plan").iterdir()} >= {"plan.json", "tickets.csv", "report.html"}
    assert installed("verify", TEACHING / "cover", tmp_path / "plan" / "plan.json").returncode == 0


def test_solve_writes_to_plans_name_when_out_is_left_out(tmp_path: Path) -> None:
    """Without `--out` the plan stands in plans/NAME, NAME being the instance's."""
    assert orebook("solve", TEACHING / "cover", "--no-audit", cwd=tmp_path).returncode == 0
    assert (tmp_path / "plans" / "teaching-cover" / "plan.json").is_file()


def test_solve_prints_one_json_document_and_nothing_else(tmp_path: Path) -> None:
    """With `--json` standard output is the plan as plan.json has it; progress is on standard error."""
    ended = installed("solve", TEACHING / "cover", "--json", "--out", tmp_path / "plan")
    assert json.loads(ended.stdout) == json.loads((tmp_path / "plan" / "plan.json").read_text())
    assert "cover" in ended.stderr


def test_verify_ends_with_1_for_a_plan_that_does_not_add_up(tmp_path: Path) -> None:
    """A ticket made larger by hand breaks the flow of goods: status 1, and `ok` false in the JSON."""
    orebook("solve", TEACHING / "cover", "--no-audit", "--out", tmp_path / "plan")
    file = tmp_path / "plan" / "plan.json"
    plan = json.loads(file.read_text())
    plan["tickets"][0]["tonnes"] += 1
    file.write_text(json.dumps(plan))
    ended = orebook("verify", TEACHING / "cover", file, "--json")
    assert (ended.returncode, json.loads(ended.stdout)["ok"]) == (1, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("solve",),
        ("solve", TEACHING / "cover", "--gap", "two"),
        ("solve", TEACHING / "cover", "--model", "weakly"),
        ("solve", TEACHING / "no-such-case"),
        ("verify", TEACHING / "cover", "no-such-plan.json"),
        ("sell",),
    ],
    ids=["no instance", "gap is no number", "no such model", "no such instance", "no such plan", "no such command"],
)
def test_bad_usage_and_bad_input_end_with_2(arguments: tuple[str | Path, ...], tmp_path: Path) -> None:
    """Status 2, words on standard error, nothing on standard output and nothing written."""
    ended = orebook(*arguments, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr
    assert not list(tmp_path.iterdir())


def test_solve_ends_with_2_for_a_broken_instance_with_the_findings_in_json(tmp_path: Path) -> None:
    """The same findings as `check` gives, before anything is solved."""
    ended = orebook("solve", _broken(tmp_path), "--json", cwd=tmp_path)
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["findings"][0]["file"] == "houses.csv"


def test_solve_ends_with_3_where_no_plan_can_exist(tmp_path: Path) -> None:
    """The clash is in the JSON, which has no tickets; nothing is written."""
    ended = installed("solve", TEACHING / "clash", "--json", "--out", tmp_path / "plan")
    plan = json.loads(ended.stdout)
    assert (ended.returncode, plan["status"], plan["tickets"]) == (3, "infeasible", [])
    assert {r["row"] for r in plan["clash"]["rows"]} == {"budget_total", "must_cover[tin,2]"}
    assert not (tmp_path / "plan").exists()


def test_solve_ends_with_4_at_a_limit_with_a_plan_not_proven(tmp_path: Path) -> None:
    """One second finds plans of an instance that takes long to prove to the end: status 4, `feasible`."""
    ended = installed("solve", hard.write(tmp_path / "hard"), "--gap", "0", "--time-limit", "1", "--no-audit",
                    "--out", tmp_path / "plan", "--json")  # fmt: skip
    plan = json.loads(ended.stdout)
    assert (ended.returncode, plan["status"], plan["repeatable"]) == (4, "feasible", False)
    assert plan["tickets"]


@pytest.mark.slow
def test_solve_ends_with_4_at_whatever_limit(tmp_path: Path) -> None:
    """A hundredth of a second is not enough for the vault: status 4, `feasible`, and a plan that holds."""
    ended = orebook("solve", INSTANCES / "vault", "--time-limit", "0.01", "--json", "--out", tmp_path / "plan")
    plan = json.loads(ended.stdout)
    assert (ended.returncode, plan["status"], plan["repeatable"]) == (4, "feasible", False)
    assert plan["tickets"]
    assert orebook("verify", INSTANCES / "vault", tmp_path / "plan" / "plan.json").returncode == 0


def test_solve_ends_with_5_at_a_limit_without_any_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A solver that does nothing, and a contract that no rule of thumb keeps: status 5, `unknown`, nothing written."""
    deaf()
    options = SolveOptions(
        "weekly", None, 0.1, None, None, False, tmp_path / "plan", False, True, ("instance.budget_usd=1",)
    )
    assert run(TEACHING / "must", options) == 5
    plan = json.loads(capsys.readouterr().out)
    assert (plan["status"], plan["tickets"]) == ("unknown", [])
    assert not (tmp_path / "plan").exists()


def _broken(tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    shutil.copytree(TEACHING / "cover", folder)
    (folder / "houses.csv").write_text("house,commission_pct\ntraxys,lots\n")
    return folder


def test_a_folder_that_is_not_a_plan_is_refused_before_solving(tmp_path: Path) -> None:
    """Status 2, and what stands there still stands."""
    (tmp_path / "notes.txt").write_text("mine")
    done = orebook("solve", TEACHING / "must", "--out", tmp_path)
    assert done.returncode == 2
    assert "notes.txt, which orebook did not write" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_an_instance_that_ships_goes_by_its_name(tmp_path: Path) -> None:
    """From a folder where nothing lies; a name that is none is told the nearest."""
    assert orebook("check", "vault-small", cwd=tmp_path).returncode == 0
    ended = orebook("check", "vault-smal", cwd=tmp_path)
    assert ended.returncode == 1
    assert 'did you mean "vault-small"?' in ended.stdout
