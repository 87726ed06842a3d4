"""`orebook explain`: one question about a plan, or all of its report's, answered with facts."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

from orebook import formats as f
from orebook.cli.clash import clash_facts
from orebook.cli.exit_status import FAILED, PROVEN, STOPPED
from orebook.cli.explain_hedge import explain_folder
from orebook.cli.output import by_option, refused, result, result_json, say
from orebook.cli.processes import processes
from orebook.errors import InputError, NoPlanError, SolveError, WriteError
from orebook.explanations.answer_cache import Answers, facts_files, facts_json
from orebook.explanations.catalogue import Question, questions
from orebook.explanations.report_questions import Answered, Explained, explain_all, explain_some
from orebook.explanations.validation import refuse_unknown
from orebook.files.atomic import write_folder
from orebook.files.hedge_folder import HEDGE_FILE, hedge_folder_of
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.files.plan_folder import ANSWERS_FILE, FACTS_FILE, folder_of, open_plan, written_files
from orebook.plan import Plan
from orebook.report import files_of
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop, on_interrupt

_OPTION = {"shortage": "mineral"}
"""kind of question -> the option that asks it, where they differ."""


@dataclass(frozen=True)
class ExplainOptions:
    """The options of the command."""

    questions: tuple[Question, ...]
    clash: bool
    model: str
    workers: int | None
    as_json: bool


def run(path: Path, options: ExplainOptions) -> int:
    """0 where every answer stands, 2 for bad input, 5 for a clash that was not found in time, 70 where a fact was dropped."""
    try:
        if options.clash:
            return _clash(path, options)
        hedge = hedge_folder_of(path)
        if (hedge / HEDGE_FILE).is_file() and not (options.questions and path.name == "plan.json"):
            facts, status = explain_folder(hedge, options.questions)
            _show(facts, options)
            return status
        plan = open_plan(path)
        refuse_unknown(plan, options.questions, lambda kind: f"--{_OPTION.get(kind, kind)}")
        return _some(plan, options) if options.questions else _all(folder_of(path), plan, options)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except NoPlanError as error:
        say(f"no answer: {error}")
        return STOPPED
    except (WriteError, SolveError) as error:
        say(f"error: {error}")
        return FAILED


def _clash(path: Path, options: ExplainOptions) -> int:
    """Of an instance (nothing is written where there is no plan), under a model."""
    _show(clash_facts(path, read(path), read_model(options.model)), options)
    return PROVEN


def _some(plan: Plan, options: ExplainOptions) -> int:
    stop = Stop()
    with on_interrupt(stop), by_option({"ticket": "--ticket"}):
        explained = explain_some(plan, options.questions, stop)
    _show(explained.facts, options)
    if explained.unasked:
        say(f"stopped: {f.count(explained.unasked, 'question')} not asked")
    return _say_dropped(explained.dropped)


def _all(folder: Path, plan: Plan, options: ExplainOptions) -> int:
    """Everything the report asks; facts.json and the report are written into the plan's folder."""
    cached = folder / ANSWERS_FILE
    answers, stop = Answers.of(plan, cached.read_text() if cached.is_file() else None), Stop()
    workers = processes(options.workers)
    with on_interrupt(stop):
        explained = explain_all(folder, plan, answers, workers=workers, stop=stop, on_answer=_Progress(plan))
    _write(folder, plan, answers, explained)
    _show(explained.facts, options)
    if explained.unasked:
        say(f"stopped: {explained.unasked} questions were not asked; the same command goes on with them")
    return _say_dropped(explained.dropped)


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
    files = written_files(folder)
    files |= files_of(plan, explained.facts, explained.dropped)
    files |= facts_files(explained.facts, explained.dropped)
    write_folder(folder, {**files, ANSWERS_FILE: answers.to_json()})
    say(f"written: {folder / FACTS_FILE} and the report")


def _show(facts: list[Fact], options: ExplainOptions) -> None:
    if options.as_json:
        result_json(json.loads(facts_json(facts)))
        return
    for fact in facts:
        result(fact.says)


def _say_dropped(dropped: list[str]) -> int:
    for why in dropped:
        say(f"DROPPED, its check failed: {why}")
    return FAILED if dropped else PROVEN
