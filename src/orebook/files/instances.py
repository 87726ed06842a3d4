"""The only reader of instances, in folders and workbooks, and of plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from orebook.changes import changed
from orebook.checks import faults, in_file_order, slips, warnings
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.book import Book
from orebook.reading.dated import weeks_of_dates
from orebook.reading.json_book import json_book
from orebook.reading.plan_file import plan_of
from orebook.reading.source import book_of
from orebook.resolve import problem_of
from orebook.schema.plan import PlanDocument


def read(path: str | PathLike[str], *, strict: bool = False) -> Problem:
    """The problem in an instance: a folder, or a workbook with a sheet a table.

    Raises InputError with every fault of every file or sheet; under `strict` also with every warning.
    """
    problem, findings = inspect(path)
    if problem is None or (strict and findings):
        raise InputError(findings)
    return problem


def inspect(path: str | PathLike[str], changes: Sequence[str] = ()) -> tuple[Problem | None, list[Finding]]:
    """The problem in a folder or workbook, after the changes, with its warnings; where there are faults, no problem.

    What an instance means is looked at, and warned of, only where neither it nor a change has faults.
    """
    book, found = book_of(Path(path))
    return (None, found) if book is None else _inspected(book, found, changes)


def inspect_json(content: Mapping[str, Any], changes: Sequence[str] = ()) -> tuple[Problem | None, list[Finding]]:
    """The same of an instance in one JSON document, parsed; rows are counted as if its tables had been written."""
    return _inspected(*json_book(content), changes)


def _inspected(book: Book, found: list[Finding], changes: Sequence[str]) -> tuple[Problem | None, list[Finding]]:
    found = [*weeks_of_dates(found, book.head or book.calendar), *faults(book)]
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
