"""The only reader of instance folders and plans."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from orebook.checks import faults, in_file_order, warnings
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.folder import book_of
from orebook.reading.plan_file import plan_of
from orebook.resolve import problem_of
from orebook.schema.plan import PlanDocument


def read(path: str | PathLike[str], *, strict: bool = False) -> Problem:
    """The problem in an instance folder.

    Raises InputError with every fault of every file; under `strict` also with every warning.
    """
    problem, findings = inspect(path)
    if problem is None or (strict and findings):
        raise InputError(findings)
    return problem


def inspect(path: str | PathLike[str]) -> tuple[Problem | None, list[Finding]]:
    """The problem in an instance folder with its warnings; where there are faults, those and no problem.

    Warnings are of what an instance means, so they are looked for only where it has no faults.
    """
    book, found = book_of(Path(path))
    if book is None:
        return None, found
    found += faults(book)
    if found:
        return None, in_file_order(found)
    problem = problem_of(book.document())
    return problem, in_file_order(warnings(problem, book))


def read_plan(path: str | PathLike[str]) -> PlanDocument:
    """The plan in a plan.json, of whatever origin. Raises InputError with every fault, each at its place."""
    plan, found = plan_of(Path(path))
    if plan is None:
        raise InputError(found)
    return plan
