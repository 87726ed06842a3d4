"""The questions about a hedged plan, in the order in which its report asks them, and the one place that answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orebook.errors import InputError
from orebook.explanations.catalogue import Question, gathered
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.explanations.hedging.stance import stance
from orebook.explanations.hedging.tail import tail
from orebook.explanations.hedging.turn import turn
from orebook.explanations.hedging.worth import worth
from orebook.explanations.questions.exposed import exposed
from orebook.findings import Finding
from orebook.hedged import HedgedPlan
from orebook.reading.suggest import mend
from orebook.reading.text import fault
from orebook.schema.facts import Fact
from orebook.under_way import NO_ORIGIN

ASK: Mapping[str, Callable[..., Iterator[Fact]]] = {
    "stance": stance,
    "turn": turn,
    "worth": worth,
    "tail": tail,
    "exposed": lambda asked, *origin: exposed(Counterfactuals(asked.hedged.main), *origin),
}
"""kind -> what answers it, given what is asked and what it is about."""
QUESTIONS: tuple[Question, ...] = tuple((kind,) for kind in ASK)
"""All that the report asks."""
ARGUMENTS = {"turn": "future", "exposed": "origin"}
"""Kind of question -> the argument that says what it is about; the others are about the whole plan."""


@dataclass
class HedgeExplained:
    """Every fact in the order of the questions; `dropped` says which answers failed their check and why."""

    facts: list[Fact] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unasked: int = 0


def ask(asked: JointQuestions, question: Question) -> tuple[list[Fact], str]:
    """The facts that answer a question, in words; and why it has none or not all, where a check or a solve failed."""
    kind, *about = question
    asked.begin()
    return gathered(question, ASK[kind](asked, *about))


def explain_hedge(
    asked: JointQuestions,
    questions: Sequence[Question] = QUESTIONS,
    on_answer: Callable[[Question, int], None] = lambda _question, _facts: None,
) -> HedgeExplained:
    """Ask these questions, one after the other. A stop keeps what was answered until then."""
    explained = HedgeExplained()
    for k, question in enumerate(questions):
        facts, why = ([], "") if asked.stop.asked else ask(asked, question)
        if asked.stop.asked:  # what is answered after a stop is not known to hold
            explained.unasked = len(questions) - k
            break
        explained.facts += facts
        explained.dropped += [why] if why else []
        on_answer(question, len(facts))
    return explained


def refuse_unknown(hedged: HedgedPlan, asked: Iterable[Question], place: Callable[[str], str]) -> None:
    """Raises InputError with all that is wrong with questions; `place` names where a kind of question was asked."""
    found = [wrong for question in asked for wrong in _wrong(hedged, question, place)]
    if found:
        raise InputError(found)


def _wrong(hedged: HedgedPlan, question: Question, place: Callable[[str], str]) -> Iterator[Finding]:
    kind, *about = question
    if kind not in ASK:
        says = f'"{kind}" is no question about a hedged plan; {mend(kind, ASK)}'
        yield fault(place(kind), None, "unknown_question", says)
        return
    there = {
        "turn": list(hedged.plans),
        "exposed": sorted({t.origin or NO_ORIGIN for t in hedged.main.document.tickets}),
    }.get(kind, [])
    if len(about) > (kind in ARGUMENTS):
        says = f"{kind} is asked with {'one word' if kind in ARGUMENTS else 'no word'} about it, not {len(about)}"
        yield fault(place(kind), None, "no_name", says)
    elif about and about[0] not in there:
        yield fault(place(kind), None, "unknown_name", f'"{about[0]}" is not there; {mend(about[0], there)}')
