"""`orebook check`: every finding, whether the instance can be used, and which rules leave it without a plan."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orebook.cli.exit_status import BAD_INPUT, FAILED, NO_PLAN, PROVEN, REFUSED, STOPPED
from orebook.cli.output import refused, result, result_json, say
from orebook.errors import InputError, NoPlanError, SolveError, WriteError
from orebook.files.instances import inspect
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.schema.facts import Fact


@dataclass(frozen=True)
class CheckOptions:
    """The options of the command; `model` is for `clash`, which solves."""

    changes: tuple[str, ...] = ()
    marked: Path | None = None
    clash: bool = False
    model: str = "weekly"
    force: bool = False
    strict: bool = False
    as_json: bool = False


def run(instance: Path, options: CheckOptions) -> int:
    """Show the findings; 1 where there are faults, or under `strict` anything at all, 2 where no copy can be marked.

    With `clash`, of an instance that can be used: 3 where it has no plan, 5 where that was not found out in time.
    """
    problem, findings = inspect(instance, options.changes)
    if options.marked is not None:
        try:
            if options.changes:
                raise WriteError("a copy is marked with the faults of the workbook as it is; leave --set out")
            _mark(instance, findings, options.marked, options.force)
        except (InputError, WriteError) as error:
            say(f"error: nothing is marked: {error}")
            return BAD_INPUT
    if problem is None or (options.strict and bool(findings)):
        _show(instance, findings, options, ok=False)
        return REFUSED
    if not options.clash:
        _show(instance, findings, options, ok=True)
        return PROVEN
    return _clash(instance, problem, findings, options)


def _clash(instance: Path, problem: Problem, findings: list[Finding], options: CheckOptions) -> int:
    from orebook.cli.clash import clash_facts
    from orebook.files.models import read_model

    try:
        facts = clash_facts(instance, problem, read_model(options.model))
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except NoPlanError as error:
        say(f"no answer: {error}")
        return STOPPED
    except SolveError as error:
        say(f"error: {error}")
        return FAILED
    _show(instance, findings, options, ok=True, clash=facts)
    return NO_PLAN if facts else PROVEN


def _show(
    instance: Path, findings: list[Finding], options: CheckOptions, *, ok: bool, clash: list[Fact] | None = None
) -> None:
    if options.as_json:
        document: dict[str, Any] = {"ok": ok, "findings": [f.as_json() for f in findings]}
        if clash is not None:
            from orebook.explanations.answer_cache import facts_json

            document["clash"] = json.loads(facts_json(clash))
        result_json(document)
        return
    for finding in findings:
        result(f"{finding.severity}: {finding}")
    faults = sum(f.severity == "fault" for f in findings)
    result(f"{instance}: {faults} faults, {len(findings) - faults} warnings")
    for fact in clash or ():
        result(fact.says)


def _mark(instance: Path, findings: list[Finding], copy: Path, force: bool) -> None:
    from orebook.export import marked
    from orebook.files.atomic import write_file

    if instance.is_dir():
        raise WriteError(f"{instance} is a folder; `orebook workbook` makes a workbook of it")
    if copy.exists() and copy.samefile(instance):
        raise WriteError(f"{copy} is the instance itself; name another file")
    write_file(copy, marked(instance, findings), force=force)
    say(f"written: {copy}")
