"""`orebook workbook`: an instance as a workbook, and a workbook as a folder."""

from __future__ import annotations

from pathlib import Path

from orebook.api import write_instance, write_workbook
from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import say, say_findings
from orebook.errors import WriteError
from orebook.files.instances import inspect


def run(instance: Path, out: Path, *, force: bool) -> int:
    """Write it; 2 where the instance has faults, or something stands in the way."""
    problem, findings = inspect(instance)
    say_findings(findings)
    if problem is None:
        return BAD_INPUT
    try:
        if out.suffix.lower() == ".xlsx":
            write_workbook(problem, out, force=force)
        else:
            write_instance(problem, out)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    say(f"written: {out}")
    return 0
