"""The value at which an answer turns: a span halved until its two ends are close, each end solved.

An answer is yes or no, or that there is no plan, or that it is not known whether there is one.
Solves end at a gap and what-ifs change as little as they must, so near the turn both answers may be as good: the two values
that are found are those of two plans, not the border of a theorem. Where an answer turns more than once, one turn is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.sweeps import HIGH, LOW, Span
from orebook.schema.stages import STAGES, StageName

Answer = Literal["yes", "no", "no plan", "not known"]
Watch = Callable[[Outcome], Answer]
"""The question that is watched, answered for an outcome."""
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
class TurningPoint:
    """The two nearest values with different answers, each with its own, in the order of the span; no sides where both ends
    answer alike. `solved` are all values that were tried, in that order.
    """

    sides: tuple[tuple[Answer, Outcome], ...]
    solved: tuple[Outcome, ...]

    @property
    def at(self) -> dict[Answer, str]:
        """answer -> the scenario that has it, of the two sides."""
        return {answer: outcome.name for answer, outcome in self.sides}

    def as_json(self) -> dict[str, Any]:
        """The scenarios at which the answer is no and yes, and both sides, as JSON values."""
        sides = [{"answer": answer, "at": outcome.name} for answer, outcome in self.sides]
        return {"no": self.at.get("no"), "yes": self.at.get("yes"), "sides": sides}


def watch_of(text: str, problem: Problem) -> Watch:
    """The question of a text: `plan`, `ticket OFFER`, `ticket OFFER/WEEK`, or a figure against a number, such as `short>12`.

    Figures are cost, cash, short, unmet and changed. Raises InputError.
    """
    if text.strip() == "plan":
        return lambda o: "yes" if o.has_plan else "no" if o.status == "infeasible" else "not known"
    if ticket := _TICKET.fullmatch(text.strip()):
        offer, week = ticket[1], ticket[2] and int(ticket[2])
        if offer not in problem.offers:
            raise _refused(text, f'no offer is called "{offer}"; {suggest.mend(offer, problem.offers)}')
        return _where_planned(lambda o: any(t.offer == offer and week in (None, t.week) for t in o.tickets))
    figure = _FIGURE.fullmatch(text.strip())
    if figure is None or figure[1] not in _FIGURES or not is_number(figure[3]):
        raise _refused(
            text, f"is nothing to watch; write plan, ticket OFFER, or one of {', '.join(_FIGURES)} < or > a number"
        )
    of, over, limit = _FIGURES[figure[1]], figure[2] == ">", float(figure[3])

    def answer(outcome: Outcome) -> bool:
        value = of(outcome)
        return value is not None and (value > limit if over else value < limit)

    return _where_planned(answer)


def _where_planned(answer: Callable[[Outcome], bool]) -> Watch:
    """Yes or no where there is a plan, else whether there is none."""
    without: dict[bool, Answer] = {True: "no plan", False: "not known"}
    return lambda o: ("yes" if answer(o) else "no") if o.has_plan else without[o.status == "infeasible"]


def turning_point(span: Span, watch: Watch, solve: Callable[[Scenario], Outcome]) -> TurningPoint:
    """Where the answer turns between the span's ends; `solve` solves a scenario.

    Where there are three answers on the way, the turn from yes to no is found before one from or to no plan.
    """
    parts = [LOW, HIGH]
    ends = [solve(span.at(part)) for part in parts]
    solved = list(ends)
    if watch(ends[0]) == watch(ends[1]):
        return TurningPoint((), tuple(solved))
    for _ in range(HALVINGS):
        part = (parts[0] + parts[1]) / 2
        outcome = solve(span.at(part))
        solved.append(outcome)
        end = _replaced_end(watch(outcome), [watch(end) for end in ends])
        parts[end], ends[end] = part, outcome
    return TurningPoint(tuple((watch(end), end) for end in ends), tuple(solved))


def _replaced_end(middle: Answer, ends: list[Answer]) -> int:
    """Which end the middle takes the place of, so that the two still answer differently: yes and no where it can be."""
    if middle in ends:
        return ends.index(middle)
    definite = [end in ("yes", "no") for end in ends]
    return 1 if (middle in ("yes", "no") and definite[0]) or definite == [True, False] else 0


def _refused(text: str, says: str) -> InputError:
    return InputError([fault("when", None, "not_watched", f'"{text}" {says}')])
