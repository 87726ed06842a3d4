"""`orebook check`: every finding, and whether the instance can be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orebook.cli.output import BAD_INPUT, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.files.instances import inspect
from orebook.findings import Finding


def run(
    instance: Path, changes: Sequence[str], marked: Path | None, *, force: bool, strict: bool, as_json: bool
) -> int:
    """Show the findings; 1 where there are faults, or under `strict` anything at all, 2 where no copy can be marked."""
    problem, findings = inspect(instance, changes)
    if marked is not None:
        try:
            if changes:
                raise WriteError("a copy is marked with the faults of the workbook as it is; leave --set out")
            _mark(instance, findings, marked, force)
        except (InputError, WriteError) as error:
            say(f"error: nothing is marked: {error}")
            return BAD_INPUT
    bad = problem is None or (strict and bool(findings))
    if as_json:
        result_json({"ok": not bad, "findings": [f.as_json() for f in findings]})
        return int(bad)
    for finding in findings:
        result(f"{finding.severity}: {finding}")
    faults = sum(f.severity == "fault" for f in findings)
    result(f"{instance}: {faults} faults, {len(findings) - faults} warnings")
    return int(bad)


def _mark(instance: Path, findings: list[Finding], copy: Path, force: bool) -> None:
    from orebook.export import marked
    from orebook.files.atomic import write_file

    if instance.is_dir():
        raise WriteError(f"{instance} is a folder; `orebook workbook` makes a workbook of it")
    if copy.exists() and copy.samefile(instance):
        raise WriteError(f"{copy} is the instance itself; name another file")
    write_file(copy, marked(instance, findings), force=force)
    say(f"written: {copy}")
