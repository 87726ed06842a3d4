"""`orebook check`: every finding, and whether the instance can be used."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.output import result, result_json
from orebook.reader import inspect


def run(instance: Path, *, strict: bool, as_json: bool) -> int:
    """Show the findings; 1 where there are faults, or under `strict` anything at all."""
    problem, findings = inspect(instance)
    bad = problem is None or (strict and bool(findings))
    if as_json:
        result_json({"ok": not bad, "findings": [f.as_json() for f in findings]})
        return int(bad)
    for finding in findings:
        result(f"{finding.severity}: {finding}")
    faults = sum(f.severity == "fault" for f in findings)
    result(f"{instance}: {faults} faults, {len(findings) - faults} warnings")
    return int(bad)
