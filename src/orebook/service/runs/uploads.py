"""An instance as a request brings it: JSON, a zip of a folder, or a workbook. No name in it is ever opened as a path."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from orebook.export.texts import lost_texts
from orebook.files.instances import inspect, inspect_json
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading import json_text
from orebook.reading.text import fault
from orebook.reading.zipped import NOT_A_ZIP, UNREADABLE
from orebook.schema.document import TABLES
from orebook.service.errors import UnusableError, bad_input, too_large
from orebook.service.runs.aside import aside
from orebook.service.settings import MIB, Settings

WORKBOOK_PART = "[Content_Types].xml"
"""By which a zip says that it is a workbook."""
MOST_PARTS = 1_000
MOST_LOST = 100
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
SMALL = 64 * 1024
"""Bytes of JSON up to which it takes no process of its own."""

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
    if not upload.packed and len(upload.content) <= SMALL:
        return _read(upload, settings)
    return aside(settings, _read, upload, settings)


def refuse_lost_texts(problem: Problem) -> None:
    """Raises UnusableError where a text is of no use: no file could hold it, or it turns the text about it round."""
    lost = islice(lost_texts(problem.document), MOST_LOST)
    found = [
        Finding("fault", "odd_text", table, line, column, ascii(value[:40]), what)
        for table, line, column, value, what in lost
    ]
    if not found and (turns := _TURNS.search(problem.document.model_dump_json())):
        says = f"a text holds {turns[0]!a}, which turns the text about it round; take it out"
        found = [fault("instance", None, "odd_text", says)]
    if found:
        raise bad_input(found, "The instance has faults")


def inspected_document(content: dict[str, Any], settings: Settings) -> Read:
    """The same of a document that came as a part of a request."""
    return inspected(Upload(json.dumps(content).encode(), packed=False), settings)


def _read(upload: Upload, settings: Settings) -> Read:
    if upload.packed:
        problem, findings = _unpacked(upload.content, settings)
    else:
        content = _parsed(upload.content)
        _refuse_many_rows(content, settings)
        problem, findings = inspect_json(content)
    if problem is not None:
        refuse_large(problem, settings)
        refuse_lost_texts(problem)
    return problem, findings


def _refuse_many_rows(content: dict[str, Any], settings: Settings) -> None:
    """Before any of them is looked at."""
    tables = {name: rows for name, rows in content.items() if isinstance(rows, list)}
    rows, minerals = sum(map(len, tables.values())), len(tables.get("minerals", ()))
    _refuse_counts(minerals, rows, settings)


def refuse_large(problem: Problem, settings: Settings) -> None:
    """Raises TooLargeError where the instance has more minerals or rows than this service takes."""
    rows = sum(len(problem.document.rows(table)) for table in TABLES)
    _refuse_counts(len(problem.minerals), rows, settings)


def _refuse_counts(minerals: int, rows: int, settings: Settings) -> None:
    for what, there, most in (("minerals", minerals, settings.minerals), ("rows", rows, settings.rows)):
        if there > most:
            raise too_large(f"The instance has {there:,} {what}; this service takes {most:,}.")


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        return json_text.parsed(content)
    except ValueError as error:
        raise _not_json(str(error)) from None


def refuse_odd_text(content: object) -> None:
    """Raises UnusableError where a text holds what no file nor database can: half a character, or a zero one."""
    try:
        json_text.refuse_odd_text(content)
    except ValueError as error:
        raise _not_json(str(error)) from None


def _not_json(says: str) -> UnusableError:
    return UnusableError("not-json", "The body is no instance in JSON", says)


def _unpacked(content: bytes, settings: Settings) -> Read:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
    except UNREADABLE:
        raise _not_packed() from None
    _refuse_bomb(parts, settings)
    ending = "xlsx" if any(part.filename == WORKBOOK_PART for part in parts) else "zip"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"upload.{ending}"
        path.write_bytes(content)
        problem, findings = inspect(path)
    if any(finding.check == NOT_A_ZIP for finding in findings):
        raise _not_packed()
    return problem, findings


def _not_packed() -> UnusableError:
    says = "The file is neither a zip of an instance's folder nor a workbook (.xlsx), or it is broken or locked."
    return UnusableError("not-packed", "The file cannot be read", says)


def _refuse_bomb(parts: list[zipfile.ZipInfo], settings: Settings) -> None:
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > settings.unpacked_mb * MIB:
        raise too_large(
            f"The file unpacks to {len(parts):,} files with {size / MIB:,.0f} MB; "
            f"this service takes {MOST_PARTS:,} files with {settings.unpacked_mb:g} MB."
        )
