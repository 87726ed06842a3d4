"""Whether questions about a plan can be asked at all: of a kind that there is, about what the plan's instance has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from inspect import signature

from orebook.errors import InputError
from orebook.explanations.catalogue import ASK, Question
from orebook.explanations.engine.ablations import removals
from orebook.extensions import brought
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.reading.text import fault
from orebook.under_way import NO_ORIGIN


def refuse_unknown(plan: Plan, asked: Iterable[Question], place: Callable[[str], str]) -> None:
    """Raises InputError with all that is wrong with questions; `place` names where a kind of question was asked."""
    there, rows = cache(partial(_there, plan)), cache(partial(_rows, plan))
    found = [wrong for question in asked for wrong in _wrong(there, rows, question, place)]
    if found:
        raise InputError(found)


def _there(plan: Plan, kind: str) -> Collection[str]:
    """What a kind of question may be about."""
    problem = plan.problem
    match kind:
        case "shortage" | "firmness" | "rotation" | "whole":
            return problem.minerals
        case "offer" | "ticket":
            return problem.offers
        case "margin":
            return ["budget", "curve", "stores", "houses", *problem.sites, *problem.houses]
        case "ration":
            return problem.withdrawals
        case "exposed":
            return sorted({t.origin or NO_ORIGIN for t in plan.document.tickets})
        case _:
            return sorted({r.about.rule for r in removals(plan.problem, plan.model) if r.about.rule is not None})


def _rows(plan: Plan, rule: str) -> Collection[str]:
    """The rows of a rule that can be asked about."""
    listed = removals(plan.problem, plan.model)
    return sorted({r.about.row for r in listed if r.about.rule == rule and r.about.row is not None})


def _wrong(
    there: Callable[[str], Collection[str]],
    rows: Callable[[str], Collection[str]],
    question: Question,
    place: Callable[[str], str],
) -> Iterator[Finding]:
    kind, *about = question
    where = place(kind)
    if kind not in ASK:
        yield fault(where, None, "unknown_question", f'"{kind}" is no question; {mend(kind, ASK)}')
    elif kind == "ticket" and not (len(about) in _words(kind) and about[1].isdecimal()):
        yield fault(where, None, "no_ticket", f'"{"/".join(about)}" is no ticket; write OFFER/WEEK')
    elif len(about) not in _words(kind):
        says = f"{kind} is asked with {' or '.join(map(str, _words(kind)))} words about it, not {len(about)}"
        yield fault(where, None, "no_name", says)
    elif kind in brought("questions"):
        return
    elif about and about[0] not in there(kind):
        yield fault(where, None, "unknown_name", f'"{about[0]}" is not there; {mend(about[0], there(kind))}')
    elif kind == "rule" and len(about) == 2 and about[1] not in rows(about[0]):
        says = f'{about[0]} has no row "{about[1]}"; {mend(about[1], rows(about[0]))}'
        yield fault(where, None, "unknown_row", says)


def _words(kind: str) -> range:
    """How many words a question may be about: what its answer takes besides the counterfactuals."""
    about = [p for p in signature(ASK[kind]).parameters.values() if p.kind is not p.KEYWORD_ONLY][1:]
    return range(sum(p.default is p.empty for p in about), len(about) + 1)
