"""`orebook futures`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.commands import INSTANCES, TEACHING, orebook

import orebook as library

SMALL = INSTANCES / "vault-small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An instance of its own."""
    shutil.copytree(SMALL, tmp_path / "small")
    return tmp_path / "small"


def test_the_tables_are_written_into_a_folder_and_told(tmp_path: Path) -> None:
    """Two files, whose futures come to 1; all draws beside those that are kept; that hazards are foreseen."""
    done = orebook("futures", SMALL, "--draws", "60", "--keep", "5", "--out", tmp_path / "drawn")
    assert (done.returncode, done.stderr) == (0, f"written: {tmp_path / 'drawn'}\n")
    assert sorted(p.name for p in (tmp_path / "drawn").iterdir()) == ["future_changes.csv", "futures.csv"]
    lines = done.stdout.splitlines()
    assert lines[0] == "5 futures: number, mean, deviation, mean of the worst tenth"
    assert [line.split()[:2] for line in lines if line.startswith("  ")] == [["all", "60"], ["kept", "5"]] * 2
    assert "A hazard is known from week 2 on" in done.stdout


def test_an_instance_takes_them_and_keeps_those_it_has(small: Path) -> None:
    """Without --force nothing is replaced; with it the folder has the drawn ones, and reads."""
    before = (small / "futures.csv").read_bytes()
    refused = orebook("futures", small, "--draws", "20", "--keep", "4", "--no-prices")
    assert (refused.returncode, (small / "futures.csv").read_bytes()) == (2, before)
    assert orebook("futures", small, "--draws", "20", "--keep", "4", "--no-prices", "--force").returncode == 0
    there = library.futures(SMALL, draws=20, keep=4, prices=False).problem.futures
    assert library.read(small).futures == there


def test_a_workbook_has_the_whole_instance(tmp_path: Path) -> None:
    """With the same digest, and the drawn futures."""
    out = tmp_path / "small.xlsx"
    assert orebook("futures", SMALL, "--draws", "20", "--keep", "4", "--out", out).returncode == 0
    problem = library.read(out)
    assert problem.digest == library.read(SMALL).digest
    assert problem.futures == library.futures(SMALL, draws=20, keep=4).problem.futures


def test_json_has_the_rows_and_the_figures(tmp_path: Path) -> None:
    """One document."""
    done = orebook("futures", SMALL, "--draws", "20", "--keep", "4", "--out", tmp_path / "x", "--json")
    told = json.loads(done.stdout)
    assert set(told) == {"all", "kept", "joined", "foreseen", "futures", "future_changes"}
    assert len(told["futures"]) == 4
    assert told["all"]["hazards that strike"]["number"] == 20


def test_an_instance_that_says_nothing_of_what_moves_is_refused(tmp_path: Path) -> None:
    """Status 2, and what is missing."""
    done = orebook("futures", TEACHING / "budget", "--out", tmp_path / "x")
    assert done.returncode == 2
    assert "volatility" in done.stderr
