"""`orebook explain` of a hedged plan: one question, or all of its report's, answered with facts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from orebook import formats as f
from orebook.cli.exit_status import FAILED, PROVEN
from orebook.cli.output import say
from orebook.explanations.answer_cache import facts_files
from orebook.explanations.catalogue import Question
from orebook.explanations.hedging.catalogue import QUESTIONS, HedgeExplained, explain_hedge, refuse_unknown
from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.files.atomic import write_folder
from orebook.files.hedge_folder import open_hedge
from orebook.files.plan_folder import FACTS_FILE, written_files
from orebook.hedged import HedgedPlan
from orebook.report import files_of_hedge
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop, on_interrupt


def explain_folder(folder: Path, questions: Sequence[Question]) -> tuple[list[Fact], int]:
    """The facts, and the exit status; without questions all are asked, and facts.json and the report are written anew.

    Raises InputError for a folder or a question that cannot be used.
    """
    hedged, stop = open_hedge(folder), Stop()
    refuse_unknown(hedged, questions, lambda kind: f"--{'mineral' if kind == 'shortage' else kind}")
    began = time.monotonic()

    def answered(question: Question, facts: int) -> None:
        if not questions:
            say(f"{time.monotonic() - began:7.1f} s  {' '.join(question)}: {f.count(facts, 'fact')}")

    with on_interrupt(stop):
        explained = explain_hedge(JointQuestions(hedged, stop=stop), questions or QUESTIONS, answered)
    if not questions:
        _write(folder, hedged, explained)
    if explained.unasked:
        say(f"stopped: {f.count(explained.unasked, 'question')} not asked")
    for why in explained.dropped:
        say(f"DROPPED, its check failed: {why}")
    return explained.facts, FAILED if explained.dropped else PROVEN


def _write(folder: Path, hedged: HedgedPlan, explained: HedgeExplained) -> None:
    files = written_files(folder)
    files |= files_of_hedge(hedged, explained.facts, explained.dropped)
    write_folder(folder, {**files, **facts_files(explained.facts, explained.dropped)})
    say(f"written: {folder / FACTS_FILE} and the report")
