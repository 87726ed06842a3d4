"""The only reader of instances, in whatever form they come, and of plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from logging import getLogger
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orebook.changes import changed
from orebook.changes.futures import future_faults
from orebook.checks import faults, in_file_order, slips, warnings
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import FROM_FRAMES, Problem
from orebook.reading.book import Book
from orebook.reading.dated import weeks_of_dates
from orebook.reading.frames import frames_book
from orebook.reading.json_book import json_book
from orebook.reading.plan_file import plan_of
from orebook.reading.source import book_of
from orebook.resolve import problem_of
from orebook.schema.plan import PlanDocument

if TYPE_CHECKING:
    from pandas import DataFrame


LOG = getLogger("orebook")


def read(path: str | PathLike[str], *, strict: bool = False) -> Problem:
    """The problem in an instance.

    `path`: a folder of files, an .xlsx or .ods workbook with a sheet a table, a .zip of such a folder, a .json document, or the
      name of an instance that ships with orebook, such as `vault-small` or `teaching/budget`.
    `strict`: refuse what is only suspicious too; otherwise it is logged as a warning. `Problem.from_frames` makes one
      of DataFrames.

    Raises InputError with every fault of every file or sheet; under `strict` also with every warning.

        >>> import orebook
        >>> orebook.read("vault-small").title
        'Six minerals, four weeks, every table'
        >>> orebook.read("vault-smal")
        Traceback (most recent call last):
        orebook.errors.InputError: vault-smal: is not there: ...; did you mean "vault-small"?
    """
    return _accepted(*inspect(path), strict=strict)


def from_frames(frames: Mapping[str, DataFrame], head: Mapping[str, object]) -> Problem:
    """The problem in DataFrames by table, and the keys of its head. Raises InputError."""
    return _accepted(*_inspected(*frames_book(frames, head), ()), strict=False)


FROM_FRAMES.bind(from_frames)


def _accepted(problem: Problem | None, findings: list[Finding], *, strict: bool) -> Problem:
    if problem is None or (strict and findings):
        raise InputError(findings)
    for finding in findings:
        LOG.warning("%s", finding)
    return problem


def inspect(path: str | PathLike[str], changes: Sequence[str] = ()) -> tuple[Problem | None, list[Finding]]:
    """The problem in whatever `read` takes, after the changes, with its warnings; where there are faults, no problem.

    What an instance means is looked at, and warned of, only where neither it nor a change has faults.
    """
    book, found = book_of(Path(path))
    return (None, found) if book is None else _inspected(book, found, changes)


def inspect_json(content: Mapping[str, Any], changes: Sequence[str] = ()) -> tuple[Problem | None, list[Finding]]:
    """The same of an instance in one JSON document, parsed; rows are counted as if its tables had been written."""
    return _inspected(*json_book(content), changes)


def _inspected(book: Book, found: list[Finding], changes: Sequence[str]) -> tuple[Problem | None, list[Finding]]:
    found = [*weeks_of_dates(found, book.head or book.calendar), *faults(book)]
    if not any(f.severity == "fault" for f in found):
        found += future_faults(book, book.document())
    problem = None if any(f.severity == "fault" for f in found) else problem_of(book.document())
    if problem is not None and changes:
        return _changed(problem, changes, [book.placed(finding) for finding in found])
    found += slips(book)
    if problem is not None:
        found += warnings(problem, book)
    return problem, in_file_order(book.placed(finding) for finding in found)


def _changed(problem: Problem, changes: Sequence[str], found: list[Finding]) -> tuple[Problem | None, list[Finding]]:
    """The changed problem; its warnings count rows as if its tables had been written, after what reading found."""
    try:
        problem = changed(problem, changes)
    except InputError as error:
        return None, [*found, *error.findings]
    book = Book.of(problem.document)
    return problem, [*found, *in_file_order([*slips(book), *warnings(problem, book)])]


def read_plan(path: str | PathLike[str]) -> PlanDocument:
    """The plan in a plan.json, of whatever origin. Raises InputError with every fault, each at its place."""
    plan, found = plan_of(Path(path))
    if plan is None:
        raise InputError(found)
    return plan
