"""The value at which an answer turns: a sweep's span halved until its two ends are close, each end solved.

Solves end at a gap and what-ifs change as little as they must, so near the turn both answers may be as good: the pair of values
that is told are two plans apart, not the border of a theorem. Where an answer turns more than once, one turn is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.sweeps import HIGH, LOW, Span

Answer = Callable[[Outcome], bool]
HALVINGS = 10
"""The turn is known to a thousandth of the span."""

_FIGURES: dict[str, Callable[[Outcome], float | None]] = {
    "cost": lambda o: o.total_usd,
    "cash": lambda o: o.cash_usd,
    "short": lambda o: o.measures.get("cover"),
    "unmet": lambda o: o.measures.get("unmet"),
    "changed": lambda o: o.changed,
}
_TICKET = re.compile(r"ticket\s+([^/\s]+)(?:/(\d+))?")
_FIGURE = re.compile(r"(\w+)\s*([<>])\s*(\S+)")


@dataclass(frozen=True)
class Turn:
    """The two nearest values with different answers, and how they answer; None where both ends answer alike."""

    no: Outcome | None
    yes: Outcome | None
    solved: tuple[Outcome, ...]


def answer_of(text: str, problem: Problem) -> Answer:
    """What is watched: `plan`, `ticket OFFER`, `ticket OFFER/WEEK`, or a figure against a number, such as `short>12`.

    Figures are cost, cash, short, unmet and changed. Raises InputError.
    """
    if text.strip() == "plan":
        return lambda o: o.has_plan
    if ticket := _TICKET.fullmatch(text.strip()):
        offer, week = ticket[1], ticket[2] and int(ticket[2])
        if offer not in problem.offers:
            raise _refused(text, f'no offer is called "{offer}"; {suggest.mend(offer, problem.offers)}')
        return lambda o: any(t.offer == offer and week in (None, t.week) for t in o.tickets)
    figure = _FIGURE.fullmatch(text.strip())
    if figure is None or figure[1] not in _FIGURES or not is_number(figure[3]):
        raise _refused(
            text, f"is nothing to watch; write plan, ticket OFFER, or one of {', '.join(_FIGURES)} < or > a number"
        )
    of, over, limit = _FIGURES[figure[1]], figure[2] == ">", float(figure[3])

    def answer(outcome: Outcome) -> bool:
        value = of(outcome)
        return value is not None and (value > limit if over else value < limit)

    return answer


def turn_of(span: Span, answer: Answer, ask: Callable[[Scenario], Outcome]) -> Turn:
    """Where the answer turns between the span's ends; `ask` solves a scenario."""
    parts = [LOW, HIGH]
    ends = [ask(span.at(part)) for part in parts]
    solved = list(ends)
    if answer(ends[0]) == answer(ends[1]):
        return Turn(None, None, tuple(solved))
    for _ in range(HALVINGS):
        part = (parts[0] + parts[1]) / 2
        outcome = ask(span.at(part))
        solved.append(outcome)
        place = 0 if answer(outcome) == answer(ends[0]) else 1
        parts[place], ends[place] = part, outcome
    no, yes = sorted(ends, key=answer)
    return Turn(no, yes, tuple(solved))


def _refused(text: str, says: str) -> InputError:
    return InputError([fault("--when", None, "not_watched", f'"{text}" {says}')])
