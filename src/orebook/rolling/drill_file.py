"""A drill as its file has it: a name, a note and shocks, each checked against the instance before a week is planned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from orebook.changes import apply
from orebook.changes.expanding import expanded
from orebook.changes.grammar import parse
from orebook.changes.known_later import changes_of
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.reading.toml_file import read_toml
from orebook.rolling.shock import Shock, weeks_on
from orebook.schema.base import Frozen, Written
from orebook.schema.document import Document


class Drill(Frozen):
    """A table-top exercise: what comes true in which week, and nobody knows of before."""

    name: Written = Field(description="what the drill is called")
    note: str = Field("", description="for the reader: what is rehearsed, and why")
    shock: tuple[Shock, ...] = Field(min_length=1, description="[[shock]]: a week and its changes")

    @property
    def shocks(self) -> tuple[Shock, ...]:
        """By week, those of a week in the order of the file."""
        return tuple(sorted(self.shock, key=lambda shock: shock.week))


def read_drill(path: Path) -> Drill:
    """The drill of a TOML file. Raises InputError with every fault of its keys."""
    content, _, faults = read_toml(path, Drill)
    if content is None:
        raise InputError(faults)
    return content


def check_drill(drill: Drill, problem: Problem, weeks: int, file: str) -> None:
    """Raises InputError where a shock cannot be made on the instance as the shocks before it leave it.

    `weeks` are those of the drill; a fault's file is `file`, its place the shock.
    """
    found = [
        Finding("fault", f.check, file, None, f"shock[{n}]", f.value, f.message)
        for n, f in _faults(drill, problem, weeks)
    ]
    if found:
        raise InputError(found)


def _faults(drill: Drill, problem: Problem, weeks: int) -> Iterator[tuple[int, Finding]]:
    """The place of a shock in the file, and what is wrong with it."""
    now = problem.document
    for shock in drill.shocks:
        n = drill.shock.index(shock)
        if shock.week > min(weeks, problem.weeks):
            yield n, fault("", None, "no_week", _too_late(shock.week, weeks, problem.weeks))
            continue
        for text in shock.changes:
            try:
                now = _made(problem.document, now, shock.week, text)
            except InputError as error:
                for finding in error.findings:
                    yield n, fault("", None, finding.check, f"{text}: {finding.message}")


def _too_late(week: int, weeks: int, last: int) -> str:
    if week > last:
        return f"comes in week {week}, and the plan has weeks 1 to {last}; write one of these"
    return f"comes in week {week}, and the drill has {weeks} weeks; let it have {week} or more"


def _made(base: Document, now: Document, week: int, text: str) -> Document:
    """The document with a change of a week's shock made. Raises InputError, also for what is settled or past by then."""
    if week == 1:
        return apply(now, map(parse, expanded(now, (text,))))
    changes = changes_of(base, now, text, week)
    if weeks_on(text, week - 1) is None:
        says = f"is of a week before week {week}, in which it comes; write week {week} or a later one"
        raise InputError([fault(text, None, "settled", says)])
    return apply(now, changes)
