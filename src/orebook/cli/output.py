"""Where words go: results to standard output, messages to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from orebook.cli.exit_status import BAD_INPUT
from orebook.errors import InputError
from orebook.findings import Finding

if TYPE_CHECKING:
    from orebook.report.table import Table

LIMITS = {"gap": "--gap", "time_limit_s": "--time-limit", "threads": "--threads", "workers": "--workers"}
"""argument of the library -> the option that gives it."""


def say(text: str) -> None:
    """A message, on standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def result(text: str) -> None:
    """A result, on standard output."""
    print(text, flush=True)  # noqa: T201


def result_json(document: object) -> None:
    """One JSON document on standard output."""
    result(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def say_findings(findings: Sequence[Finding]) -> None:
    """Every finding on its own line, warnings marked as such."""
    for finding in findings:
        say(f"warning: {finding}" if finding.severity == "warning" else str(finding))


def say_json_findings(findings: Sequence[Finding]) -> None:
    """The findings as one JSON document on standard output."""
    result_json({"findings": [f.as_json() for f in findings]})


def refused(findings: Sequence[Finding], *, as_json: bool) -> int:
    """Say what is wrong with the input, and the exit status that goes with it."""
    (say_json_findings if as_json else say_findings)(findings)
    return BAD_INPUT


@contextmanager
def by_option(options: Mapping[str, str]) -> Iterator[None]:
    """Faults of the library's arguments go by the options that give them: argument -> option."""
    try:
        yield
    except InputError as error:
        raise InputError([replace(f, file=options.get(f.file, f.file)) for f in error.findings]) from error


def print_tables(tables: Iterable[Table], longest: int, rest: str) -> None:
    """The tables that have rows, on standard output, each no longer than so many rows; `rest`: where the others are."""
    from rich.console import Console

    from orebook.report.summary import drawn

    console = Console()
    for table in tables:
        if table.rows:
            console.print(drawn(table.first(longest, rest)))
