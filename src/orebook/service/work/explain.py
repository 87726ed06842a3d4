"""Questions about a plan, answered with facts; all that its report asks where none is named, and the report with them."""

from __future__ import annotations

from pathlib import Path

from orebook.errors import InputError
from orebook.explain.answers import Answers, facts_files
from orebook.explain.everything import Explained, explain_all
from orebook.explain.ground import Ground
from orebook.explain.questions import ASK, Question, ask, questions
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.reading.text import fault
from orebook.report import reports_of
from orebook.saved import ANSWERS_FILE
from orebook.service.asked import ExplainAsked
from orebook.service.work.opened import base_of
from orebook.service.work.results import as_bytes
from orebook.service.work.task import Done, Ear, Task


def work(task: Task, asked: ExplainAsked, ear: Ear) -> Done:
    """Ask. Raises InputError for a question that nobody answers or a name that is not there."""
    plan = base_of(task)
    if asked.questions:
        return _some(plan, asked.questions, ear)
    return _all(task, plan, ear)


def _some(plan: Plan, asked: tuple[Question, ...], ear: Ear) -> Done:
    _known(plan, asked)
    ground, explained = Ground(plan, stop=ear.stop), Explained()
    for k, question in enumerate(asked):
        if ear.stop.asked:
            explained.unasked = len(asked) - k
            break
        ear.progress({"stage": "questions", "done": k, "of": len(asked), "last": " ".join(question)})
        facts, why = ask(ground, question)
        explained.facts += facts
        explained.dropped += [why] if why else []
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


def _known(plan: Plan, asked: tuple[Question, ...]) -> None:
    """Raises InputError where a question is of no kind, or names what the plan's instance does not have."""
    problem = plan.problem
    names = {
        "shortage": problem.minerals,
        "offer": problem.offers,
        "ticket": problem.offers,
        "firmness": problem.minerals,
    }
    found = []
    for kind, *about in asked:
        if kind not in ASK:
            found.append(fault("questions", None, "unknown_question", f'"{kind}" is no question; {mend(kind, ASK)}'))
        elif kind in names and about and about[0] not in names[kind]:
            says = f'"{about[0]}" is not there; {mend(about[0], names[kind])}'
            found.append(fault("questions", None, "unknown_name", says))
        elif kind == "ticket" and not (len(about) == 2 and about[1].isdigit()):
            found.append(fault("questions", None, "no_ticket", "a ticket is an offer and a week"))
        elif kind in ("offer", "firmness") and len(about) != 1:
            found.append(fault("questions", None, "no_name", f"name one thing to ask {kind} about"))
    if found:
        raise InputError(found)
