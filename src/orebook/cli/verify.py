"""`orebook verify`: what a plan breaks, by how much, and what it is worth."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from orebook.changes import changed
from orebook.cli.exit_status import PROVEN, REFUSED
from orebook.cli.output import refused, result, result_json, say
from orebook.cli.verify_hedge import run_hedge
from orebook.errors import InputError
from orebook.files.hedge_folder import HEDGE_FILE, hedge_folder_of
from orebook.files.instances import read, read_plan
from orebook.files.models import read_model
from orebook.files.tickets_by_hand import read_tickets
from orebook.problem import Problem
from orebook.schema.plan import PlanDocument
from orebook.schema.stages import STAGES
from orebook.schema.tables import InTransit
from orebook.verdict import Verdict, own_model, verify


def run(
    instance: Path,
    plan: Path,
    model: str | None,
    changes: Sequence[str],
    known: int | None,
    in_transit: InTransit,
    *,
    as_json: bool,
) -> int:
    """Judge the plan; 0 where it holds, 1 where it breaks a rule or does not add up, 2 for bad input.

    The changes that the plan says it is for are not made unless they are asked for: a plan is held against what the
    planner names, not against what it says of itself.
    """
    if (hedge_folder_of(plan) / HEDGE_FILE).is_file() and plan.name != "plan.json":
        return run_hedge(instance, hedge_folder_of(plan), model, changes, as_json=as_json)
    try:
        problem = changed(read(instance), changes, known, in_transit)
        if plan.suffix.lower() == ".csv":
            by = read_model(model or "weekly")
            document = read_tickets(plan, problem, by)
            verdict = verify(problem, document, by)
        else:
            document = read_plan(plan)
            verdict = verify(problem, document, read_model(model or own_model(document)))
    except InputError as error:
        return refused(error.findings, as_json=as_json)
    for note in _notes(document, problem):
        (say if as_json else result)(f"note: {note}")
    if as_json:
        result_json(verdict.as_json())
    else:
        _show(verdict)
    return PROVEN if verdict.ok else REFUSED


def _notes(document: PlanDocument, problem: Problem) -> Iterator[str]:
    """How what the plan was made for differs from what it is held against."""
    plan, news = document.instance, problem.world
    held_known = news.known_week if news else None
    made_known = f" --known {document.known_week} --in-transit {document.in_transit}" if document.known_week else ""
    if (plan.changes, document.known_week) != (problem.changes, held_known):
        made, held = _options(plan.changes) or " no changes", _options(problem.changes) or " none"
        known = f" --known {news.known_week} --in-transit {news.in_transit}" if news else ""
        yield f"the plan was made with{made}{made_known} and is checked with{held}{known}"
    elif plan.digest != problem.digest:
        yield "the plan was made for another version of this instance"


def _options(changes: Iterable[str]) -> str:
    """The options that make these changes, each after a blank; nothing where there are none."""
    return "".join(f" --set {shlex.quote(change)}" for change in changes)


def _show(verdict: Verdict) -> None:
    for breach in verdict.breaches:
        result(f"broken: {breach.rule} {breach.row}: {breach.says}")
    for breach in verdict.excused:
        result(f"given up: {breach.rule} {breach.row}: {breach.says}")
    for difference in verdict.differences:
        result(f"does not follow: {difference.says}")
    for stage, measure in verdict.judgement.measures.items():
        result(f"{stage}: {float(measure):,.6g} {STAGES[stage].unit}")
    result("the plan holds" if verdict.ok else "the plan does not hold")
