"""`orebook workbook` and what the other commands do with a workbook."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
from tests.cli.commands import INSTANCES, TEACHING, orebook


def test_a_folder_becomes_a_workbook_and_a_folder_again(tmp_path: Path) -> None:
    """Both ways end with 0, and a workbook made of the second folder is the first, byte for byte."""
    for source, out in ((INSTANCES / "vault-small", "a.xlsx"), ("a.xlsx", "folder"), ("folder", "b.xlsx")):
        ended = orebook("workbook", source, out, cwd=tmp_path)
        assert (ended.returncode, ended.stdout) == (0, "")
        assert ended.stderr.endswith(f"written: {out}\n")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_nothing_is_replaced_without_being_told(tmp_path: Path) -> None:
    """Status 2 for a file or folder that is there; `--force` replaces a file, and no folder."""
    mine = tmp_path / "mine.xlsx"
    mine.write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("mine")
    ended = orebook("workbook", TEACHING / "cover", mine)
    assert ended.returncode == 2
    assert "is there already" in ended.stderr
    assert mine.read_text() == "mine"
    assert orebook("workbook", TEACHING / "cover", tmp_path / "folder", "--force").returncode == 2
    assert orebook("workbook", TEACHING / "cover", mine, "--force").returncode == 0
    assert orebook("check", mine).returncode == 0


def test_an_instance_with_faults_is_not_written(tmp_path: Path) -> None:
    """Status 2 and the faults, and no file."""
    assert orebook("workbook", TEACHING / "no-such-case", tmp_path / "a.xlsx").returncode == 2
    assert not (tmp_path / "a.xlsx").exists()


def test_solve_and_verify_take_a_workbook(tmp_path: Path) -> None:
    """The plan of a workbook holds against the folder, and the plan's digest is the folder's."""
    orebook("workbook", TEACHING / "cover", tmp_path / "a.xlsx")
    ended = orebook("solve", tmp_path / "a.xlsx", "--no-audit", "--json", "--out", tmp_path / "plan")
    assert ended.returncode == 0, ended.stderr
    ended = orebook("verify", TEACHING / "cover", tmp_path / "plan" / "plan.json")
    assert ended.returncode == 0
    assert "another version" not in ended.stdout
    assert orebook("verify", tmp_path / "a.xlsx", tmp_path / "plan" / "plan.json").returncode == 0


def test_check_names_the_cell_and_marks_it_in_a_copy(tmp_path: Path) -> None:
    """Status 1, the cell in text and JSON, and the copy written beside; the workbook itself is left alone."""
    orebook("workbook", TEACHING / "cover", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["Houses"]["B2"].value = "2,5"
    book.save(tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    ended = orebook("check", "a.xlsx", "--marked", "b.xlsx", cwd=tmp_path)
    assert ended.returncode == 1
    assert 'fault: Houses!B2 commission_pct: "2,5" is not a number; write 2.5\n' in ended.stdout
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Houses"]["B2"].comment is not None
    assert json.loads(orebook("check", tmp_path / "a.xlsx", "--json").stdout)["findings"][0]["cell"] == "Houses!B2"
    for refused in (("a.xlsx", "--marked", "a.xlsx", "--force"), ("a.xlsx", "--marked", "b.xlsx")):
        assert orebook("check", *refused, cwd=tmp_path).returncode == 2
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_a_folder_has_no_copy_to_mark(tmp_path: Path) -> None:
    """Status 2, and the way to a workbook is said."""
    ended = orebook("check", TEACHING / "cover", "--marked", tmp_path / "b.xlsx")
    assert ended.returncode == 2
    assert "orebook workbook" in ended.stderr
    assert not (tmp_path / "b.xlsx").exists()
