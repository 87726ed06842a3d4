"""Whether questions about a plan can be asked at all: of a kind that there is, about what the plan's instance has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from orebook.errors import InputError
from orebook.explain.questions import ASK, Question, questions
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.reading.text import fault

WORDS = {
    "baselines": range(1),
    "shortage": range(2),
    "rule": range(3),
    "margin": range(2),
    "ticket": range(2, 3),
    "offer": range(1, 2),
    "confidence": range(1),
    "firmness": range(1, 2),
}
"""How many words a question of a kind may be about."""


def refuse_unknown(plan: Plan, asked: Iterable[Question], place: Callable[[str], str]) -> None:
    """Raises InputError with all that is wrong with questions; `place` names where a kind of question was asked."""
    found = [wrong for question in asked for wrong in _wrong(plan, question, place)]
    if found:
        raise InputError(found)


def _there(plan: Plan, kind: str) -> Collection[str]:
    """What a kind of question may be about."""
    problem = plan.problem
    match kind:
        case "shortage" | "firmness":
            return problem.minerals
        case "offer" | "ticket":
            return problem.offers
        case "margin":
            return ["budget", "curve", "stores", "houses", *problem.sites, *problem.houses]
        case _:
            return sorted({about[0] for asks, *about in questions(plan) if asks == "rule"})


def _wrong(plan: Plan, question: Question, place: Callable[[str], str]) -> Iterator[Finding]:
    kind, *about = question
    where = place(kind)
    if kind not in ASK:
        yield fault(where, None, "unknown_question", f'"{kind}" is no question; {mend(kind, ASK)}')
    elif kind == "ticket" and not (len(about) in WORDS[kind] and about[1].isdigit()):
        yield fault(where, None, "no_ticket", f'"{"/".join(about)}" is no ticket; write OFFER/WEEK')
    elif len(about) not in WORDS[kind]:
        says = f"{kind} is asked with {' or '.join(map(str, WORDS[kind]))} words about it, not {len(about)}"
        yield fault(where, None, "no_name", says)
    elif about and about[0] not in (there := _there(plan, kind)):
        yield fault(where, None, "unknown_name", f'"{about[0]}" is not there; {mend(about[0], there)}')
