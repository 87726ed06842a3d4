"""All questions of a plan's report: in this process or over several, most telling first, each answer kept as it comes."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from orebook.explain.answers import Answers
from orebook.explain.ground import Ground
from orebook.explain.questions import Question, ask, questions
from orebook.plan import Plan
from orebook.saved import open_plan
from orebook.schema.facts import Fact
from orebook.solver.stop import Stop

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
    ways = _here(plan, missing, stop) if workers == 1 else _there(folder, missing, workers, stop)
    for question, answer in ways:
        found[question] = answer
        if not answer[1]:
            answers.put(question, answer[0])
        on_answer(question, answer)
    done = [found[q] for q in asked if q in found]
    facts = [fact for some, _ in done for fact in some]
    return Explained(facts, [why for _, why in done if why], len(asked) - len(done))


def _here(plan: Plan, asked: Sequence[Question], stop: Stop) -> Iterator[tuple[Question, Answered]]:
    ground = Ground(plan, stop=stop)
    for question in asked:
        if stop.asked:
            return
        yield question, ask(ground, question)


def _there(folder: Path, asked: Sequence[Question], workers: int, stop: Stop) -> Iterator[tuple[Question, Answered]]:
    """Over processes that each open the plan; started afresh, as a fork of a solver's process may hang."""
    if not asked:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_open, initargs=(str(folder),)) as pool:
        waiting: dict[Future[Answered], Question] = {pool.submit(_ask, question): question for question in asked}
        while waiting and not stop.asked:
            done, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
        for future in waiting:
            future.cancel()


_ground: Ground | None = None


def _open(folder: str) -> None:
    global _ground  # noqa: PLW0603 - a worker has one plan
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and takes what is done
    _ground = Ground(open_plan(folder))


def _ask(question: Question) -> Answered:
    assert _ground is not None
    return ask(_ground, question)
