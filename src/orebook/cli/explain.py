"""`orebook explain`: one question about a plan, or all of its report's, answered with facts."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from orebook.cli.output import by_option, refused, result, result_json, say
from orebook.cli.solve import EMPTY_HANDED
from orebook.errors import InputError, NoPlanError, SolveError, WriteError
from orebook.explain.answer_cache import Answers, facts_files, facts_json
from orebook.explain.catalogue import Question, questions
from orebook.explain.engine.conflict import clashes
from orebook.explain.report_questions import Answered, Explained, explain_all, explain_some
from orebook.explain.validation import refuse_unknown
from orebook.explain.words import worded
from orebook.files.atomic import write_folder
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.files.plan_folder import ANSWERS_FILE, FACTS_FILE, folder_of, open_plan
from orebook.plan import Plan
from orebook.report import files_of
from orebook.report import formats as f
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop, on_interrupt

DROPPED = 70
_OPTION = {"shortage": "mineral"}
"""kind of question -> the option that asks it, where they differ."""


@dataclass(frozen=True)
class Asked:
    """The options of the command."""

    questions: tuple[Question, ...]
    clash: bool
    model: str
    workers: int | None
    as_json: bool


def run(path: Path, asked: Asked) -> int:
    """0 where every answer stands, 2 for bad input, 5 for a clash that was not found in time, 70 where a fact was dropped."""
    try:
        if asked.clash:
            return _clash(path, asked)
        plan = open_plan(path)
        refuse_unknown(plan, asked.questions, lambda kind: f"--{_OPTION.get(kind, kind)}")
        return _some(plan, asked) if asked.questions else _all(folder_of(path), plan, asked)
    except InputError as error:
        return refused(error.findings, as_json=asked.as_json)
    except NoPlanError as error:
        say(f"no answer: {error}")
        return EMPTY_HANDED
    except (WriteError, SolveError) as error:
        say(f"error: {error}")
        return DROPPED


def _clash(path: Path, asked: Asked) -> int:
    """Of an instance (nothing is written where there is no plan), under a model."""
    facts = [worded(fact) for fact in clashes(read(path), read_model(asked.model))]
    _show(facts, asked)
    if not facts:
        say(f"{path}: no rules clash; solve finds a plan")
    return 0


def _some(plan: Plan, asked: Asked) -> int:
    stop = Stop()
    with on_interrupt(stop), by_option({"ticket": "--ticket"}):
        explained = explain_some(plan, asked.questions, stop)
    _show(explained.facts, asked)
    if explained.unasked:
        say(f"stopped: {f.count(explained.unasked, 'question')} not asked")
    return _said_dropped(explained.dropped)


def _all(folder: Path, plan: Plan, asked: Asked) -> int:
    """Everything the report asks; facts.json and the report are written into the plan's folder."""
    kept = folder / ANSWERS_FILE
    answers, stop = Answers.of(plan, kept.read_text() if kept.is_file() else None), Stop()
    workers = asked.workers or min(8, os.cpu_count() or 1)
    with on_interrupt(stop):
        explained = explain_all(folder, plan, answers, workers=workers, stop=stop, on_answer=_Progress(plan))
    _write(folder, plan, answers, explained)
    _show(explained.facts, asked)
    if explained.unasked:
        say(f"stopped: {explained.unasked} questions were not asked; the same command goes on with them")
    return _said_dropped(explained.dropped)


class _Progress:
    """A line an answer, on standard error."""

    def __init__(self, plan: Plan) -> None:
        self._all, self._done, self._began = len(questions(plan)), 0, time.monotonic()

    def __call__(self, question: Question, answer: Answered) -> None:
        self._done += 1
        facts, why = answer
        found = f"{len(facts)} facts" if not why else f"DROPPED: {why}"
        say(f"{time.monotonic() - self._began:7.1f} s  {self._done} of {self._all}  {' '.join(question)}: {found}")


def _write(folder: Path, plan: Plan, answers: Answers, explained: Explained) -> None:
    files: dict[str, bytes | str] = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    files |= files_of(plan, explained.facts, explained.dropped)
    files |= facts_files(explained.facts, explained.dropped)
    write_folder(folder, {**files, ANSWERS_FILE: answers.to_json()})
    say(f"written: {folder / FACTS_FILE} and the report")


def _show(facts: list[Fact], asked: Asked) -> None:
    if asked.as_json:
        result_json(json.loads(facts_json(facts)))
        return
    for fact in facts:
        result(fact.says)


def _said_dropped(dropped: list[str]) -> int:
    for why in dropped:
        say(f"DROPPED, its check failed: {why}")
    return DROPPED if dropped else 0
