"""Folders and files are there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orebook.errors import WriteError
from orebook.files.atomic import write_file, write_folder

OLD: dict[str, bytes | str] = {"plan.json": "old", "report.md": "old"}
NEW: dict[str, bytes | str] = {"plan.json": "new", "tickets.csv": b"new"}


def content(folder: Path) -> dict[str, str]:
    """Everything in a folder."""
    return {entry.name: entry.read_text() for entry in folder.iterdir()}


def test_new_folder_and_its_parents(tmp_path: Path) -> None:
    """A folder that is not there is made, its parents too, text and bytes alike."""
    write_folder(tmp_path / "plans" / "vault", NEW)
    assert content(tmp_path / "plans" / "vault") == {"plan.json": "new", "tickets.csv": "new"}


def test_an_older_plan_is_replaced_whole(tmp_path: Path) -> None:
    """No file of the older plan stays among the new ones, and nothing is left beside the folder."""
    write_folder(tmp_path / "vault", OLD)
    (tmp_path / "vault" / ".DS_Store").write_text("litter")
    write_folder(tmp_path / "vault", NEW)
    assert content(tmp_path / "vault") == {"plan.json": "new", "tickets.csv": "new"}
    assert os.listdir(tmp_path) == ["vault"]


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"plan.json": "old", "notes.txt": "mine"}, "holds notes.txt, which orebook did not write"),
        ({"report.html": "mine"}, "no plan.json in it"),
    ],
)
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, there: dict[str, str], said: str) -> None:
    """Files that orebook did not write are never deleted."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, text in there.items():
        (folder / name).write_text(text)
    with pytest.raises(WriteError, match=said):
        write_folder(folder, NEW)
    assert content(folder) == there


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty folder holds nothing to lose."""
    write_folder(tmp_path, NEW)
    assert content(tmp_path)["plan.json"] == "new"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """A folder does not replace a file."""
    (tmp_path / "vault").write_text("mine")
    with pytest.raises(WriteError, match="is a file, not a folder"):
        write_folder(tmp_path / "vault", NEW)
    assert (tmp_path / "vault").read_text() == "mine"


def test_a_link_to_a_folder_is_written_through(tmp_path: Path) -> None:
    """The folder behind a link is replaced, the link stays."""
    write_folder(tmp_path / "real", OLD)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_folder(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert content(tmp_path / "real")["plan.json"] == "new"


KILLED = """
import os, sys
from orebook.files import atomic as writing
left = int(sys.argv[2])
def counted(call):
    def wrapped(*args):
        global left
        left -= 1
        if left == 0:
            os._exit(9)  # as a kill does: nothing is tidied up
        return call(*args)
    return wrapped
for name in ("fsync", "rename"):
    setattr(writing.os, name, counted(getattr(os, name)))
writing.write_folder(sys.argv[1], {"plan.json": "new", "tickets.csv": "new"})
"""


def test_a_killed_write_leaves_the_old_or_the_new_folder(tmp_path: Path) -> None:
    """Killed before any step, the next write finds the old or the new plan whole, and no leftovers stay.

    Steps: fsync of two files and of their folder, the old folder aside, the new one in place, fsync of the parent.
    """
    seen = []
    for step in range(1, 8):
        folder = tmp_path / str(step) / "vault"
        write_folder(folder, OLD)
        done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(step)], check=False)
        assert done.returncode == (9 if step <= 6 else 0)
        there = folder if folder.exists() else folder.with_name(".vault.orebook-old")
        seen.append(content(there)["plan.json"])
        assert content(there) in (OLD, {"plan.json": "new", "tickets.csv": "new"})
        write_folder(folder, OLD)
        assert os.listdir(folder.parent) == ["vault"]
    assert seen == ["old"] * 5 + ["new"] * 2


def test_an_interrupted_swap_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new folder cannot take its place, the old one has it again."""
    write_folder(tmp_path / "vault", OLD)
    rename = os.rename

    def fail(source: Path, target: Path) -> None:
        if str(source).endswith("orebook-new"):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(WriteError, match="No space left on device"):
        write_folder(tmp_path / "vault", NEW)
    assert content(tmp_path / "vault") == OLD
    assert os.listdir(tmp_path) == ["vault"]


def test_a_new_folder_replaces_no_plan(tmp_path: Path) -> None:
    """What asks for a new folder takes an empty one, and leaves one with a plan in it alone."""
    write_folder(tmp_path / "vault", NEW, new=True)
    with pytest.raises(WriteError, match=r"holds plan\.json; name another folder"):
        write_folder(tmp_path / "vault", OLD, new=True)
    assert content(tmp_path / "vault")["plan.json"] == "new"


def test_a_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    """A file that is there stays as it is, unless told otherwise; its folder is made where it is not there."""
    file = tmp_path / "books" / "vault.xlsx"
    write_file(file, b"old")
    with pytest.raises(WriteError, match="is there already"):
        write_file(file, b"new")
    assert content(file.parent) == {"vault.xlsx": "old"}
    write_file(file, b"new", force=True)
    assert content(file.parent) == {"vault.xlsx": "new"}


def test_a_file_does_not_replace_a_folder(tmp_path: Path) -> None:
    """Not even an empty one, and not by force."""
    (tmp_path / "vault.xlsx").mkdir()
    with pytest.raises(WriteError, match="is a folder"):
        write_file(tmp_path / "vault.xlsx", b"new", force=True)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old file still stands, and nothing lies beside it."""
    write_file(tmp_path / "vault.xlsx", b"old")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError, match="No space left on device"):
        write_file(tmp_path / "vault.xlsx", b"new", force=True)
    assert content(tmp_path) == {"vault.xlsx": "old"}
