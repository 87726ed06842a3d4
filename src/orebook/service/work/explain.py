"""Questions about a plan, answered with facts; all that its report asks where none is named, and the report with them."""

from __future__ import annotations

from pathlib import Path

from orebook.explain.answer_cache import Answers, facts_files
from orebook.explain.catalogue import Question, questions
from orebook.explain.report_questions import Explained, explain_all, explain_some
from orebook.explain.validation import refuse_unknown
from orebook.files.plan_folder import ANSWERS_FILE
from orebook.plan import Plan
from orebook.report import reports_of
from orebook.service.runs.run_requests import ExplainAsked
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import as_bytes
from orebook.service.work.task import Done, Ear, Task


def work(task: Task, asked: ExplainAsked, ear: Ear) -> Done:
    """Ask. Raises InputError for a question that nobody answers or a name that is not there."""
    plan = base_of(task)
    if asked.questions:
        return _some(plan, asked.questions, ear)
    return _all(task, plan, ear)


def _some(plan: Plan, asked: tuple[Question, ...], ear: Ear) -> Done:
    refuse_unknown(plan, asked, lambda _kind: "questions")

    def hear(k: int) -> None:
        ear.progress({"stage": "questions", "done": k, "of": len(asked), "last": " ".join(asked[k])})

    explained = explain_some(plan, asked, ear.stop, hear)
    return _done(explained, as_bytes(facts_files(explained.facts, explained.dropped)))


def _all(task: Task, plan: Plan, ear: Ear) -> Done:
    assert task.base is not None
    answers = Answers.of(plan, task.plans[task.base].get(ANSWERS_FILE))
    count, done = len(questions(plan)), 0

    def hear(question: Question, _answer: object) -> None:
        nonlocal done
        done += 1
        ear.progress({"stage": "questions", "done": done, "of": count, "last": " ".join(question)})

    explained = explain_all(Path(), plan, answers, workers=1, stop=ear.stop, on_answer=hear)
    reports = reports_of(plan, explained.facts, explained.dropped)
    facts = facts_files(explained.facts, explained.dropped)
    return _done(explained, as_bytes({**reports, **facts, ANSWERS_FILE: answers.to_json()}))


def _done(explained: Explained, files: dict[str, bytes]) -> Done:
    """`optimal` where every answer stands, `feasible` where some were dropped or not asked."""
    result = {"facts": len(explained.facts), "dropped": len(explained.dropped), "unasked": explained.unasked}
    said = [f"{explained.unasked} questions were not asked"] if explained.unasked else []
    said += [f"{len(explained.dropped)} answers did not stand up to their check"] if explained.dropped else []
    return Done("feasible" if said else "optimal", "; ".join(said), result, files)
