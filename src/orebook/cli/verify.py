"""`orebook verify`: what a plan breaks, by how much, and what it is worth."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.output import BAD_INPUT, result, result_json, say_findings, say_json_findings
from orebook.errors import InputError
from orebook.model_files import model_names, read_model
from orebook.reader import read, read_plan
from orebook.rows import STAGE_UNITS
from orebook.verify import Verdict, verify


def run(instance: Path, plan: Path, model: str | None, *, as_json: bool) -> int:
    """Judge the plan; 0 where it holds, 1 where it breaks a rule or does not add up, 2 for bad input."""
    try:
        problem, document = read(instance), read_plan(plan)
        own = document.model.name if document.model.name in model_names() else "weekly"
        verdict = verify(problem, document, read_model(model or own))
    except InputError as error:
        (say_json_findings if as_json else say_findings)(error.findings)
        return BAD_INPUT
    if as_json:
        result_json(verdict.as_json())
    else:
        _show(verdict, same=document.instance.digest == problem.digest)
    return int(not verdict.ok)


def _show(verdict: Verdict, *, same: bool) -> None:
    if not same:
        result("note: the plan was made for another version of this instance")
    for breach in verdict.breaches:
        result(f"broken: {breach.rule} {breach.row}: {breach.says}")
    for breach in verdict.excused:
        result(f"given up: {breach.rule} {breach.row}: {breach.says}")
    for difference in verdict.differences:
        result(f"does not follow: {difference.says}")
    for stage, measure in verdict.judgement.measures.items():
        result(f"{stage}: {float(measure):,.6g} {STAGE_UNITS[stage]}")
    result("the plan holds" if verdict.ok else "the plan does not hold")
