"""`orebook whatif` as a planner runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.commands import INSTANCES, orebook

from orebook.files.plan_folder import open_plan

SMALL = INSTANCES / "vault-small"
SWEEP = "minerals.copper.price_usd_per_t=-10%:+10%:3"


def test_one_whatif_is_a_plan_beside_the_base(tmp_path: Path) -> None:
    """The base is solved and kept, the changed plan is a whole folder, and the summary says what had to change."""
    out = tmp_path / "w"
    done = orebook("whatif", SMALL, "--set", "house_out(house=traxys, week=2)", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "orders differ from the base plan" in done.stdout
    said = json.loads((out / "whatif" / "plan.json").read_text(encoding="utf-8"))
    assert said["instance"]["changes"]
    assert not [t for t in said["tickets"] if t["house"] == "traxys" and t["week"] >= 2]
    assert open_plan(out / "whatif").judgement.breaches == ()


def test_a_sweep_is_a_row_a_step_and_goes_on(tmp_path: Path) -> None:
    """Rows in order with the base's figures at 0 %; asked again nothing is solved; a plan's folder is a base too."""
    out = tmp_path / "w"
    done = orebook("whatif", SMALL, "--sweep", SWEEP, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [s["status"] for s in said["scenarios"]] == ["optimal"] * 3
    assert said["scenarios"][1]["changed"] == 0
    assert abs(said["scenarios"][1]["total_usd"] - said["base"]["total_usd"]) < 0.01
    with (out / "outcomes.csv").open(encoding="utf-8") as file:
        assert [row["status"] for row in csv.DictReader(file)] == ["optimal"] * 3
    again = orebook("whatif", out / "base", "--sweep", SWEEP, "--out", out, "--json")
    assert json.loads(again.stdout) == said
    assert " of 3" not in again.stderr


def test_bad_input_is_refused_before_anything_is_solved(tmp_path: Path) -> None:
    """Every change that names nothing is listed; no scenario at all is bad usage."""
    file = tmp_path / "s.csv"
    file.write_text("name,change\na,minerals.coper.price_usd_per_t=1\nb,instance.budget=2\n", encoding="utf-8")
    out = tmp_path / "w"
    assert orebook("whatif", SMALL, "--scenarios", file, "--out", out).returncode == 2
    said = orebook("whatif", SMALL, "--scenarios", file, "--out", out).stderr
    assert 'did you mean "copper"' in said
    assert "budget_usd" in said
    assert orebook("whatif", SMALL, "--out", out).returncode == 2


def test_a_scenario_without_a_plan_is_named(tmp_path: Path) -> None:
    """The others are solved; the status is that of no plan."""
    file = tmp_path / "s.csv"
    file.write_text(
        "name,change\nfine,instance.budget_usd=+1%\nclash,minerals.cobalt.must_days=500\n", encoding="utf-8"
    )
    done = orebook("whatif", SMALL, "--scenarios", file, "--out", tmp_path / "w")
    assert done.returncode == 3
    assert "clash: infeasible" in done.stderr
    assert "fine" in done.stdout


def test_a_tornado_is_a_row_a_price(tmp_path: Path) -> None:
    """Both ways of every price, the most telling first: without room in money, dearer copper costs cover."""
    done = orebook("whatif", SMALL, "--tornado", "10", "--out", tmp_path / "w", "--gap", "0.001")
    assert done.returncode == 0, done.stderr
    names = [line.split()[0] for line in done.stdout.splitlines() if line[:1].islower()]
    assert sorted(names) == ["cobalt", "copper", "gallium", "ndpr", "price", "silver", "tungsten"]
    with (tmp_path / "w" / "outcomes.csv").open(encoding="utf-8") as file:
        short = {row["scenario"]: float(row["short_weighted_days"]) for row in csv.DictReader(file)}
    # tungsten 10 % down falls below the floor that rejects its sale: what makes it cheap makes it short
    assert short["tungsten -10%"] > short["tungsten +10%"]
    assert short["copper +10%"] >= short["copper -10%"]


def test_draws_sum_up_to_risk(tmp_path: Path) -> None:
    """The spread and week 1 are in the JSON; the same seed again solves nothing and says the same."""
    words = ("whatif", SMALL, "--draws", "4", "--seed", "5", "--out", tmp_path / "w", "--json")
    done = orebook(*words)
    assert done.returncode == 0, done.stderr
    risk = json.loads(done.stdout)["risk"]
    assert risk["draws"] == 4
    assert risk["as_ordered_usd"]["low"] <= risk["as_ordered_usd"]["median"] <= risk["as_ordered_usd"]["conditional"]
    assert risk["cost_usd"]["low"] <= risk["cost_usd"]["median"] <= risk["cost_usd"]["conditional"]
    assert {c["offer"] for c in risk["week_one"]} >= {"traxys-copper-chile"}
    again = orebook(*words)
    assert json.loads(again.stdout)["risk"] == risk
    assert " of 4, " not in again.stderr


def test_a_break_even_is_told_from_both_sides(tmp_path: Path) -> None:
    """Between a smaller and a larger budget lies the one from which cover is short of more than 60 weighted days."""
    words = ("--break-even", "instance.budget_usd=-20%:+20%", "--when", "short>60")
    done = orebook("whatif", SMALL, *words, "--out", tmp_path / "w", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    by_name = {s["name"]: s["measures"]["cover"] for s in said["scenarios"]}
    assert by_name[said["turn"]["no"]] <= 60 < by_name[said["turn"]["yes"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--draws", "200000"), "--draws: is 200000; give a whole number from 1 to 100000"),
        (("--break-even", "instance.budget_usd=-1%:+1%", "--when", "shrt>1"), '--when: "shrt>1" is nothing to watch'),
        (("--tornado", "x"), 'whatif: "x" is no number from 0 to 99'),
        (
            ("--when", "plan"),
            "whatif: name what changes, with --set, --scenarios, --sweep, --tornado, --draws or --break-even",
        ),
        (("--sweep", "a.b=1:2:3", "--draws", "4"), "whatif: --scenarios or --sweep and --draws are asked for at once"),
    ],
)
def test_a_fault_goes_by_its_option(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    """What the library says of an argument is said of the option that gives it."""
    done = orebook("whatif", SMALL, *words, "--out", tmp_path / "w")
    assert done.returncode == 2
    assert done.stderr.startswith(says)


def test_ways_of_asking_exclude_each_other(tmp_path: Path) -> None:
    """A table has one kind of rows; a break-even needs what is watched."""
    both = orebook("whatif", SMALL, "--draws", "4", "--tornado", "5", "--out", tmp_path / "w")
    alone = orebook("whatif", SMALL, "--break-even", "instance.budget_usd=-20%:+20%", "--out", tmp_path / "w")
    assert (both.returncode, alone.returncode) == (2, 2)
    assert "one at a time" in both.stderr
    assert "--when" in alone.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--draws", "4", "--known", "2"],
            "--known: what is drawn is solved as known from week 1",
        ),
        (["--break-even", "instance.budget_usd=-20%:+20%", "--when", "shrt>1"], '--when: "shrt>1" is nothing to watch'),
    ],
)
def test_what_the_library_refuses_goes_by_the_option(words: list[str], says: str, tmp_path: Path) -> None:
    """Status 2 before anything is solved; the library itself names its arguments."""
    done = orebook("whatif", SMALL, *words, "--out", tmp_path / "w")
    assert (done.returncode, done.stderr.startswith(says)) == (2, True)
