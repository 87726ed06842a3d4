"""Files that are there whole or not at all, whenever the machine stops.

A new folder or file is built beside the old one, forced to the disk and renamed into place; the old one is kept until then.
A write that was killed is settled by the next write to the same place. POSIX: one writer a parent folder at a time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from orebook.errors import WriteError

PLAN_FILES = frozenset(
    {
        "plan.json", "instance.json", "model.json", "facts.json", "dropped.json", "answers.json",
        "tickets.csv", "cover.csv", "cash.csv", "report.md", "report.html", "report.pdf", "plan.xlsx",
        "hedge.json", "futures", "check.json",
    }
)  # fmt: skip
"""What orebook writes into the folder of a plan; it replaces no folder that holds anything else."""

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave behind, which nobody misses."""


def write_folder(
    path: str | Path,
    files: Mapping[str, bytes | str],
    *,
    new: bool = False,
    may_replace: Callable[[Path], None] | None = None,
) -> None:
    """Write a plan's files (name -> content) as a folder that replaces the one there. Raises WriteError.

    Refused where `path` is anything but a new, an empty or a plan's folder, for `new` also where it is a plan's; what
    stood there then still stands. `may_replace` refuses in their place, by raising WriteError.
    """
    target = Path(path).resolve()
    with _writing(path), _alone_in(target.parent):
        _settle(target)
        (may_replace or (refuse_taken if new else refuse_foreign))(target)
        try:
            _fresh(target).mkdir()
            for name, content in files.items():
                (_fresh(target) / name).parent.mkdir(parents=True, exist_ok=True)
                _write(_fresh(target) / name, content)
            for folder in sorted({(_fresh(target) / name).parent for name in files} | {_fresh(target)}, reverse=True):
                sync_folder(folder)
            if target.exists():
                os.rename(target, _kept(target))
            os.rename(_fresh(target), target)
            sync_folder(target.parent)
        finally:
            _settle(target)


def write_file(path: str | Path, content: bytes, *, force: bool = False) -> None:
    """Write a file; one that is there already is replaced only for `force`. Raises WriteError."""
    target = Path(path).resolve()
    with _writing(path), _alone_in(target.parent):
        if target.is_dir():
            raise WriteError(f"{path} is a folder; name a file in it")
        if not force:
            refuse_taken(target)
        try:
            _write(_fresh(target), content)
            os.replace(_fresh(target), target)
            sync_folder(target.parent)
        finally:
            _fresh(target).unlink(missing_ok=True)


@contextmanager
def _writing(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(f"{path} could not be written: {error.strerror or error}") from error


@contextmanager
def _alone_in(parent: Path) -> Iterator[None]:
    """Hold the parent folder, so that whatever lies half-written there belongs to a writer that is gone."""
    parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _fresh(target: Path) -> Path:
    return target.with_name(f".{target.name}.orebook-new")


def _kept(target: Path) -> Path:
    return target.with_name(f".{target.name}.orebook-old")


def _settle(target: Path) -> None:
    """Put back the old folder if the new one did not get its place, and take away what is left over."""
    if _kept(target).exists():
        if target.exists():
            shutil.rmtree(_kept(target), ignore_errors=True)
        else:
            os.rename(_kept(target), target)
    if _fresh(target).exists():
        shutil.rmtree(_fresh(target), ignore_errors=True)


def refuse_taken(path: str | Path) -> None:
    """Raises WriteError where `path` is anything but new or an empty folder."""
    target = Path(path)
    if target.is_dir():
        names = sorted({entry.name for entry in target.iterdir()} - LITTER)
        if names:
            raise WriteError(f"{target} holds {names[0]}; name another folder")
    elif target.exists():
        raise WriteError(f"{target} is there already; name another file, or force its replacement")


def refuse_foreign(path: str | Path) -> None:
    """Raises WriteError where `path` is anything but a new, an empty or a plan's folder."""
    target = Path(path).resolve()
    if not target.exists():
        return
    if not target.is_dir():
        raise WriteError(f"{target} is a file, not a folder; choose another folder")
    names = {entry.name for entry in target.iterdir()} - LITTER
    foreign = sorted(names - PLAN_FILES)
    if foreign:
        raise WriteError(f"{target} holds {foreign[0]}, which orebook did not write; move it or choose another folder")
    if names and "plan.json" not in names:
        raise WriteError(f"{target} is not the folder of a plan (no plan.json in it); choose another folder")


def _write(path: Path, content: bytes | str) -> None:
    with open(path, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk know what is in a folder. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
