"""A solve in a process of its own, which can be killed: at times a solver looks at no clock and hears no Ctrl-C for minutes.

The process waits for the next question when it is through. One that does not end in time, or soon after a stop, is killed; the
last plan and bound that it told of are its answer then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from orebook.errors import SolveError
from orebook.solver.lp.messages import Answer, Plan, Question, Refused, Sign, Status
from orebook.solver.lp.process_pool import Gone, solver_process
from orebook.solver.lp.stop import Stop
from orebook.solver.parameters import DEFAULT_SOLVER

GRACE_S, GRACE_SHARE = 1.0, 0.05
"""How late a solve may be, and what part of its time beyond that, before it is killed."""

HEEDS_S = 0.5
"""From a stop to when a solve that has not ended is killed,"""

TO_THE_END_S = 1.5
"""and one that makes a plan of what there is."""

POLL_S = 0.05

MAX_TRIES = 2
"""Processes that may die of a question; that is the solver's failure, and not the data's."""

Hear = Callable[[float, float], None]
"""Takes incumbent and bound, in the units of the scaled program."""


def answered(
    question: Question, stop: Stop, hear: Hear | None = None, *, until: float = np.inf, backend: str = DEFAULT_SOLVER
) -> Answer:
    """Have a question solved by `until` (performance counter) at the latest; one that heeds no stop ends a little after it.

    Raises SolveError for what the solver refuses, and where its process dies.
    """
    if stop.seconds > HEEDS_S and question.heeds:
        return Answer("interrupt", "stopped before")
    end = min(until, time.perf_counter() + question.settings.seconds * (1 + GRACE_SHARE) + GRACE_S)
    for _ in range(MAX_TRIES):
        with solver_process(backend) as at:
            at.send(question)
            answer = _waited(_Watch(at, stop, end, question.heeds), hear)
        if answer is not None:
            break
    else:
        raise SolveError(f"the solver's process died {MAX_TRIES} times, maybe for want of memory")
    if isinstance(answer, Refused):
        raise SolveError(f"the solver refuses {answer.what}")
    return answer


@dataclass
class _Watch:
    """A process at work, and when it has to be through."""

    at: Any
    stop: Stop
    end: float
    heeds: bool
    told: bool = False

    def is_over(self) -> Status | None:
        """The status that it ends with where it is to be killed now; passes a stop on, once."""
        if self.stop.asked and not self.told and self.heeds:
            self.at.stop()
            self.told = True
        if self.stop.asked and self.stop.seconds > (HEEDS_S if self.heeds else TO_THE_END_S):
            return "interrupt"
        return "time" if time.perf_counter() > self.end else None


def _waited(watch: _Watch, hear: Hear | None) -> Answer | Refused | None:
    """The answer; None where the process died. Where it took too long it is killed, and the answer is what it told before."""
    sign, plan = Sign(), None
    while True:
        said = watch.at.hear(POLL_S)
        if isinstance(said, Answer | Refused):
            return said
        if isinstance(said, Gone):
            return None
        if isinstance(said, Plan):
            plan = said
        elif isinstance(said, Sign):
            sign = said
            if hear is not None:
                hear(sign.incumbent, sign.bound)
        if (status := watch.is_over()) is not None:
            watch.at.kill()
            return Answer(status, "killed, as it did not end", sign.bound, np.inf, None if plan is None else plan.x)
