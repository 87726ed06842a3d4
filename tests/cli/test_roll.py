"""`orebook roll` as a planner runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.commands import INSTANCES, orebook

from orebook.files.plan_folder import open_plan

SMALL = INSTANCES / "vault-small"


def test_ways_are_rolled_beside_each_other(tmp_path: Path) -> None:
    """All four, the same over two workers; each week's plan is kept whole, and its money is the table's."""
    history = tmp_path / "h.csv"
    history.write_text(
        "mineral,date,price_usd_per_t\ncopper,2026-01-01,13000\ncopper,2026-02-16,14500\n", encoding="utf-8"
    )
    ways_named = [word for way in ("plan", "no changes", "foresight", "thumb") for word in ("--way", way)]
    words: tuple[str | Path, ...] = ("roll", SMALL, "--weeks", "3", "--prices", history, "--json", *ways_named)
    one = orebook(*words, "--out", tmp_path / "one")
    two = orebook(*words, "--out", tmp_path / "two", "--workers", "2")
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    ways = json.loads(one.stdout)["ways"]
    assert [w["way"] for w in ways] == ["plan", "no changes", "foresight", "thumb"]
    assert [_timeless(w) for w in ways] == [_timeless(w) for w in json.loads(two.stdout)["ways"]]
    for week in ways[0]["weeks"]:
        plan = open_plan(tmp_path / "one" / "weeks" / f"{week['week']:03d}")
        assert abs(float(plan.judgement.cash[0].cash_usd) - week["cash_usd"]) < 0.01
    with (tmp_path / "one" / "roll.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 12


def test_a_ban_that_comes_true_is_rolled_into(tmp_path: Path) -> None:
    """teaching/ban: who waits pays the ally's 20 000 USD, and who is hedged 10 000; each week says what came."""
    events = tmp_path / "events.csv"
    events.write_text("date,change,in_transit\n2026-02-12,origins.china.barred=yes,arrive\n", encoding="utf-8")
    words = ("--start", "2026-02-09", "--events", events, "--way", "plan", "--way", "hedged")
    done = orebook("roll", INSTANCES / "teaching" / "ban", "--weeks", "2", *words, "--json", "--out", tmp_path / "ban")
    assert done.returncode == 0, done.stderr
    ways = json.loads(done.stdout)["ways"]
    assert [(w["way"], round(sum(week["cash_usd"] for week in w["weeks"]))) for w in ways] == [
        ("plan", 20_000),
        ("hedged", 10_000),
    ]
    assert "origins.china.barred=yes came true; ban was to be known by now" in done.stderr


def test_bad_input_is_refused(tmp_path: Path) -> None:
    """An unknown way, a date that is none, a file that is not there."""
    assert 'did you mean "thumb"' in orebook("roll", SMALL, "--way", "thum", "--out", tmp_path).stderr
    assert "is no date" in orebook("roll", SMALL, "--start", "monday", "--out", tmp_path).stderr
    done = orebook("roll", SMALL, "--prices", tmp_path / "none.csv", "--out", tmp_path)
    assert done.returncode == 2
    assert "none.csv" in done.stderr


def test_a_fault_goes_by_its_option(tmp_path: Path) -> None:
    """Prices have dates: an instance without a start needs one."""
    prices = tmp_path / "h.csv"
    prices.write_text("mineral,date,price_usd_per_t\n", encoding="utf-8")
    done = orebook("roll", INSTANCES / "teaching" / "budget", "--prices", prices, "--out", tmp_path / "r")
    assert done.returncode == 2
    assert done.stderr == "roll: prices have dates, and the instance has no start; name a Monday with --start\n"


def _timeless(way: dict[str, object]) -> dict[str, object]:
    weeks = way["weeks"]
    assert isinstance(weeks, list)
    return {**way, "weeks": [{k: v for k, v in w.items() if k != "seconds"} for w in weeks]}
