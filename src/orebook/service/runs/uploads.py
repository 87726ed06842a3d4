"""An instance as a request brings it: JSON, a zip of a folder, or a workbook. No name in it is ever opened as a path."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from orebook.files.instances import inspect, inspect_json
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.book import HEAD_FILE, file_of
from orebook.reading.stray_files import strays
from orebook.schema.document import TABLES
from orebook.service.errors import UnusableError, bad_input, too_large
from orebook.service.settings import MIB, Settings

KNOWN = frozenset({HEAD_FILE, *map(file_of, TABLES)})
MOST_PARTS = 1_000
DEEPEST = 4
"""Levels of an instance in JSON: the document, a table, a row, a cell."""

Read = tuple[Problem | None, list[Finding]]


@dataclass(frozen=True)
class Upload:
    """The bytes of an instance; `packed` where they are a zip or a workbook."""

    content: bytes
    packed: bool


def accepted(upload: Upload, settings: Settings) -> tuple[Problem, list[Finding]]:
    """The problem in it, with its warnings. Raises UnusableError with every fault, and TooLargeError."""
    problem, findings = inspected(upload, settings)
    if problem is None:
        raise bad_input(findings, "The instance has faults")
    return problem, findings


def inspected(upload: Upload, settings: Settings) -> Read:
    """The problem, or none, and everything found. Raises TooLargeError, and UnusableError for what is no instance at all."""
    problem, findings = _unpacked(upload.content, settings) if upload.packed else inspect_json(_parsed(upload.content))
    if problem is not None:
        refuse_large(problem, settings)
    return problem, findings


def refuse_large(problem: Problem, settings: Settings) -> None:
    """Raises TooLargeError where the instance has more minerals or rows than this service takes."""
    rows = sum(len(problem.document.rows(table)) for table in TABLES)
    for what, there, most in (("minerals", len(problem.minerals), settings.minerals), ("rows", rows, settings.rows)):
        if there > most:
            raise too_large(f"The instance has {there:,} {what}; this service takes {most:,}.")


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(content, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        raise _not_json(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise _not_json("it is not UTF-8 text") from None
    except RecursionError:
        raise _not_json("it is nested too deep") from None
    except ValueError as error:
        raise _not_json(str(error)) from None
    if not isinstance(parsed, dict):
        raise _not_json('it is no object; an instance is one with the key "instance"')
    if _deeper(parsed, DEEPEST):
        raise _not_json("it is nested too deep; a row is an object of numbers and texts")
    refuse_odd_text(parsed)
    return parsed


def refuse_odd_text(content: object) -> None:
    """Raises UnusableError where a text holds what no file nor database can: half a character, or a zero one."""
    try:
        text = json.dumps(content, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        raise _not_json("it holds half a character, which is no text") from None
    if "\\u0000" in text:
        raise _not_json("it holds a zero character")


def _not_json(says: str) -> UnusableError:
    return UnusableError("not-json", "The body is no instance in JSON", says)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise ValueError(f'the key "{twice[:60]}" stands twice in one object; keep one')
    return found


def _deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    return levels == 0 or any(_deeper(v, levels - 1) for v in (value.values() if isinstance(value, dict) else value))


def _unpacked(content: bytes, settings: Settings) -> Read:
    """A zip is a workbook where it says so itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            _refuse_bomb(parts, settings)
            if any(part.filename == "[Content_Types].xml" for part in parts):
                return _workbook(content)
            return _folder(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        says = "The file is neither a zip of an instance's folder nor a workbook (.xlsx), or it is broken or locked."
        raise UnusableError("not-packed", "The file cannot be read", says) from None


def _refuse_bomb(parts: list[zipfile.ZipInfo], settings: Settings) -> None:
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > settings.unpacked_mb * MIB:
        raise too_large(
            f"The file unpacks to {len(parts):,} files with {size / MIB:,.0f} MB; "
            f"this service takes {MOST_PARTS:,} files with {settings.unpacked_mb:g} MB."
        )


def _workbook(content: bytes) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(content)
        return inspect(path)


def _folder(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Read:
    """The files of one folder in it. Only those with the name of a table are written, under the name that is known here."""
    places = {PurePosixPath(part.filename.replace("\\", "/")): part for part in parts}
    heads = sorted((p for p in places if p.name == HEAD_FILE), key=lambda p: len(p.parts))
    home = heads[0].parent if heads else PurePosixPath()
    named = {p.name: part for p, part in places.items() if p.parent == home}
    with TemporaryDirectory() as folder:
        for name in KNOWN & named.keys():
            (Path(folder) / name).write_bytes(archive.read(named[name]))
        problem, findings = inspect(folder)
    odd = list(strays(named.keys()))
    return (None if any(f.severity == "fault" for f in odd) else problem), [*findings, *odd]
