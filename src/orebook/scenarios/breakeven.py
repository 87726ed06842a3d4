"""The value at which an answer turns: a sweep's span halved until its two ends are close, each end solved.

An answer is yes or no, or that there is no plan, or that it is not known whether there is one: each is told as what it is.
Solves end at a gap and what-ifs change as little as they must, so near the turn both answers may be as good: the pair of values
that is told are two plans apart, not the border of a theorem. Where an answer turns more than once, one turn is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.sweeps import HIGH, LOW, Span
from orebook.schema.stages import STAGES, StageName

Said = Literal["yes", "no", "no plan", "not known"]
Answer = Callable[[Outcome], Said]
HALVINGS = 10
"""The turn is known to a thousandth of the span."""

_FIGURES: dict[str, Callable[[Outcome], float | None]] = {
    "cost": lambda o: o.total_usd,
    "cash": lambda o: o.cash_usd,
    "short": lambda o: _days(o, "cover"),
    "unmet": lambda o: _days(o, "unmet"),
    "changed": lambda o: o.changed,
}
_TICKET = re.compile(r"ticket\s+([^/\s]+)(?:/(\d+))?")
_FIGURE = re.compile(r"(\w+)\s*([<>])\s*(\S+)")


def _days(outcome: Outcome, stage: StageName) -> float | None:
    """A measure in days, dust taken for none."""
    days = outcome.measures.get(stage)
    return 0.0 if days is not None and days < STAGES[stage].least_told else days


@dataclass(frozen=True)
class Turn:
    """The two nearest values with different answers, each with its own, in the order of the span; none where both ends
    answer alike.
    """

    sides: tuple[tuple[Said, Outcome], ...]
    solved: tuple[Outcome, ...]


def answer_of(text: str, problem: Problem) -> Answer:
    """What is watched: `plan`, `ticket OFFER`, `ticket OFFER/WEEK`, or a figure against a number, such as `short>12`.

    Figures are cost, cash, short, unmet and changed. Raises InputError.
    """
    if text.strip() == "plan":
        return lambda o: "yes" if o.has_plan else "no" if o.status == "infeasible" else "not known"
    if ticket := _TICKET.fullmatch(text.strip()):
        offer, week = ticket[1], ticket[2] and int(ticket[2])
        if offer not in problem.offers:
            raise _refused(text, f'no offer is called "{offer}"; {suggest.mend(offer, problem.offers)}')
        return _of_a_plan(lambda o: any(t.offer == offer and week in (None, t.week) for t in o.tickets))
    figure = _FIGURE.fullmatch(text.strip())
    if figure is None or figure[1] not in _FIGURES or not is_number(figure[3]):
        raise _refused(
            text, f"is nothing to watch; write plan, ticket OFFER, or one of {', '.join(_FIGURES)} < or > a number"
        )
    of, over, limit = _FIGURES[figure[1]], figure[2] == ">", float(figure[3])

    def answer(outcome: Outcome) -> bool:
        value = of(outcome)
        return value is not None and (value > limit if over else value < limit)

    return _of_a_plan(answer)


def _of_a_plan(answer: Callable[[Outcome], bool]) -> Answer:
    """The answer where there is a plan to ask."""
    without: dict[bool, Said] = {True: "no plan", False: "not known"}
    return lambda o: ("yes" if answer(o) else "no") if o.has_plan else without[o.status == "infeasible"]


def turn_of(span: Span, answer: Answer, ask: Callable[[Scenario], Outcome]) -> Turn:
    """Where the answer turns between the span's ends; `ask` solves a scenario.

    Where there are three answers on the way, the turn from yes to no is found before one from or to no plan.
    """
    parts = [LOW, HIGH]
    ends = [ask(span.at(part)) for part in parts]
    solved = list(ends)
    if answer(ends[0]) == answer(ends[1]):
        return Turn((), tuple(solved))
    for _ in range(HALVINGS):
        part = (parts[0] + parts[1]) / 2
        outcome = ask(span.at(part))
        solved.append(outcome)
        place = _replaced(answer(outcome), [answer(end) for end in ends])
        parts[place], ends[place] = part, outcome
    return Turn(tuple((answer(end), end) for end in ends), tuple(solved))


def _replaced(middle: Said, ends: list[Said]) -> int:
    """Which end the middle takes the place of, so that the two still answer differently: yes and no where it can be."""
    if middle in ends:
        return ends.index(middle)
    told = [end in ("yes", "no") for end in ends]
    return 1 if (middle in ("yes", "no") and told[0]) or told == [True, False] else 0


def _refused(text: str, says: str) -> InputError:
    return InputError([fault("when", None, "not_watched", f'"{text}" {says}')])
