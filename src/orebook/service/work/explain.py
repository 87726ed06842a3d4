"""Questions about a plan, answered with facts; all that its report asks where none is named, and the report with them."""

from __future__ import annotations

from pathlib import Path

from orebook.explanations.answer_cache import Answers, facts_files
from orebook.explanations.catalogue import Question, questions
from orebook.explanations.report_questions import Explained, explain_all, explain_some
from orebook.explanations.validation import refuse_unknown
from orebook.files.plan_folder import ANSWERS_FILE
from orebook.plan import Plan
from orebook.report import reports_of
from orebook.service.runs.run_requests import ExplainRequest
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import as_bytes
from orebook.service.work.task import Done, ParentChannel, Task


def work(task: Task, request: ExplainRequest, channel: ParentChannel) -> Done:
    """Ask. Raises InputError for a question that nobody answers or a name that is not there."""
    plan = base_of(task)
    if request.questions:
        return _some(plan, request.questions, channel)
    return _all(task, plan, channel)


def _some(plan: Plan, named: tuple[Question, ...], channel: ParentChannel) -> Done:
    refuse_unknown(plan, named, lambda _kind: "questions")

    def report(k: int) -> None:
        channel.progress({"stage": "questions", "done": k, "of": len(named), "last": " ".join(named[k])})

    explained = explain_some(plan, named, channel.stop, report)
    return _done(explained, as_bytes(facts_files(explained.facts, explained.dropped)))


def _all(task: Task, plan: Plan, channel: ParentChannel) -> Done:
    assert task.base is not None
    answers = Answers.of(plan, task.plans[task.base].get(ANSWERS_FILE))
    count, done = len(questions(plan)), 0

    def report(question: Question, _answer: object) -> None:
        nonlocal done
        done += 1
        channel.progress({"stage": "questions", "done": done, "of": count, "last": " ".join(question)})

    explained = explain_all(Path(), plan, answers, workers=1, stop=channel.stop, on_answer=report)
    reports = reports_of(plan, explained.facts, explained.dropped)
    facts = facts_files(explained.facts, explained.dropped)
    return _done(explained, as_bytes({**reports, **facts, ANSWERS_FILE: answers.to_json()}))


def _done(explained: Explained, files: dict[str, bytes]) -> Done:
    """`optimal` where every answer stands, `feasible` where some were dropped or not asked."""
    result = {"facts": len(explained.facts), "dropped": len(explained.dropped), "unasked": explained.unasked}
    said = [f"{explained.unasked} questions were not asked"] if explained.unasked else []
    said += [f"{len(explained.dropped)} answers did not stand up to their check"] if explained.dropped else []
    return Done("feasible" if said else "optimal", "; ".join(said), result, files)
