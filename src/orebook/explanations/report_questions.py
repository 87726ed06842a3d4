"""All questions of a plan's report: in this process or over several, most telling first, each answer kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from orebook.explanations.answer_cache import Answers
from orebook.explanations.catalogue import Question, ask, questions
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.files.plan_folder import open_plan
from orebook.parallel.workers import Here, Lost, Processes, Workers
from orebook.plan import Plan
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop

Answered = tuple[list[Fact], str]


@dataclass
class Explained:
    """Every fact in the order of the questions; `dropped` says which answers failed their check and why."""

    facts: list[Fact] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unasked: int = 0


def explain_all(
    folder: Path,
    plan: Plan,
    answers: Answers,
    *,
    workers: int,
    stop: Stop,
    on_answer: Callable[[Question, Answered], None] = lambda _q, _a: None,
) -> Explained:
    """Ask everything that `answers` does not hold yet. A stop keeps what was answered until then."""
    asked = questions(plan)
    missing = [q for q in asked if answers.get(q) is None]
    found: dict[Question, Answered] = {q: (known, "") for q in asked if (known := answers.get(q)) is not None}
    for question, answer in _asked(folder, plan, missing, workers, stop):
        if stop.asked:  # it was cut short, and may know less than it would have
            break
        found[question] = answer
        if not answer[1]:
            answers.put(question, answer[0])
        on_answer(question, answer)
    done = [found[q] for q in asked if q in found]
    facts = [fact for some, _ in done for fact in some]
    return Explained(facts, [why for _, why in done if why], len(asked) - len(done))


def explain_some(
    plan: Plan, asked: Sequence[Question], stop: Stop, on_question: Callable[[int], None] = lambda _k: None
) -> Explained:
    """Ask these questions here, one after the other, whoever asks. A stop keeps what was answered until then."""
    counterfactuals, explained = Counterfactuals(plan, stop=stop), Explained()
    for k, question in enumerate(asked):
        on_question(k)
        facts, why = ([], "") if stop.asked else ask(counterfactuals, question)
        if stop.asked:  # what is answered after a stop is not known to hold
            explained.unasked = len(asked) - k
            break
        explained.facts += facts
        explained.dropped += [why] if why else []
    return explained


def _asked(
    folder: Path, plan: Plan, asked: Sequence[Question], workers: int, stop: Stop
) -> Iterator[tuple[Question, Answered]]:
    """Each question with its answer, as they come; after a stop no other is begun."""
    ways: Workers = Processes(_begin, workers, (str(folder),))
    if workers == 1:
        counterfactuals = Counterfactuals(plan, stop=stop)
        ways = Here(lambda question: ask(counterfactuals, question))
    for question in asked:
        ways.submit(question)
    for question, answer in ways.as_completed(lambda: stop.asked):
        yield question, ([], f"{' '.join(question)}: {answer.why}") if isinstance(answer, Lost) else answer


def _begin(folder: str) -> Callable[[Question], Answered]:
    """The work of another process: the plan opened there, its counterfactuals kept for all that it is asked."""
    return partial(ask, Counterfactuals(open_plan(folder)))
