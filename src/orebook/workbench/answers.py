"""A question about a plan: asked once, by a run, and its facts found again by whoever asks the same."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from orebook.explanations.questions.shortage import UNSETTLED
from orebook.files.plan_folder import DROPPED_FILE, FACTS, FACTS_FILE
from orebook.schema.facts import Fact
from orebook.service.context import Context
from orebook.service.store import runs
from orebook.service.store.tables import ENDED, WITH_PLAN, File, Run

MAX_FACTS = 400
ASKED_KINDS = ("ticket", "shortage", "rule", "offer")
"""Kinds of question that the page of a plan asks one by one."""
Question = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What is known: facts, what was dropped as it failed its check, or the run that works on it."""

    question: Question
    facts: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()
    run: Run | None = None

    @property
    def there(self) -> bool:
        """Whether it was answered."""
        return bool(self.facts or self.dropped)

    @property
    def working(self) -> bool:
        """Whether a run is at it, or waits."""
        return self.run is not None and self.run.state not in ENDED


def answer(session: Session, ctx: Context, plan_id: str, question: Question) -> Answer:
    """The newest answer of a question about a plan: of a run that was asked it, or of one that was asked everything."""
    failed = None
    for run in runs.listed(session, [Run.plan == plan_id, Run.kind == "explain"], None, MAX_FACTS):
        named = run.asked.get("questions") or []
        if named and list(question) not in named:
            continue
        if run.state in WITH_PLAN:
            facts = tuple(
                x for x in FACTS.validate_json(_text(session, ctx, run, FACTS_FILE)) if speaks_of(x, question)
            )
            dropped = tuple(json.loads(_text(session, ctx, run, DROPPED_FILE))) if named else ()
            if named or (facts and not any(UNSETTLED in x.figures for x in facts)):
                return Answer(question, facts, dropped, run)
        elif named:
            failed = failed or run
            if run.state not in ENDED:
                return Answer(question, run=run)
    return Answer(question, run=failed)


def speaks_of(fact: Fact, question: Question) -> bool:
    """Whether a fact answers the question."""
    kind, *names = question
    about = fact.about
    of: dict[str, tuple[tuple[str, ...], list[str | None]]] = {
        "ticket": (("ticket",), [about.offer, str(about.week)]),
        "shortage": (("shortage", "mend"), [about.mineral]),
        "rule": (("rule",), [about.rule]),
        "offer": (("offer",), [about.offer]),
    }
    kinds, named = of[kind]
    return fact.kind in kinds and list(names) == named


def _text(session: Session, ctx: Context, run: Run, name: str) -> bytes:
    file = session.get_one(File, (run.id, name))
    return ctx.store.blobs.get(file.sha256)
