"""HiGHS in a process of its own, which can be killed: at times it looks at no clock and hears no Ctrl-C for minutes.

`Highs` has the calls of `highspy.Highs` that the door makes; they are kept until `run`, which has all of them done by a process
that waits for the next one when it is through. Same calls, same options, same answers to the bit. A process that does not end
in time, or soon after a stop, is killed; the last plan and bound that it told of are its answer then.
"""

# ruff: noqa: N802 - methods are named as highspy names them

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from orebook.errors import SolveError
from orebook.solver.lp.messages import Answer, Plan, Question, Refused, Sign
from orebook.solver.lp.process_pool import Gone, engine
from orebook.solver.lp.stop import Stop

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


@dataclass
class Info:
    """What `getInfo` is asked for."""

    mip_dual_bound: float
    objective_function_value: float
    primal_solution_status: Any


@dataclass
class Solution:
    """What `getSolution` is asked for."""

    col_value: NDArray[np.float64]
    col_dual: NDArray[np.float64]
    row_dual: NDArray[np.float64]


@dataclass
class Highs:
    """One solve: options and program are kept here, `run` has them solved, and the answer is asked for as of highspy."""

    _question: Question = field(default_factory=Question)
    _answer: Answer = field(default_factory=Answer)

    def setOptionValue(self, name: str, value: Any) -> None:
        """Keep an option; `run` raises SolveError where it is refused."""
        self._question.options[name] = value

    def passModel(self, *program: Any) -> None:
        """Keep the program, row by row as `highspy.Highs.passModel` takes it."""
        self._question.program = program

    def setSolution(self, solution: Any) -> None:
        """Keep a plan to begin from."""
        self._question.start = np.array(solution.col_value)

    def setBasis(self, basis: Any) -> None:
        """Keep a basis to begin from."""
        self._question.basis = (_numbers(basis.col_status), _numbers(basis.row_status))

    @property
    def program(self) -> tuple[Any, ...]:
        """What was passed."""
        return self._question.program

    def run(
        self,
        stop: Stop,
        hear: Hear | None = None,
        *,
        ignore_stop: bool = False,
        until: float = np.inf,
        ray: bool = False,
    ) -> None:
        """Have it solved by `until` (performance counter) at the latest; with `ignore_stop` a stop is no reason to end.

        `ray`: the multipliers that prove it empty are wanted too. Raises SolveError for what the solver refuses, and where
        its process dies.
        """
        if stop.seconds > HEEDS_S and not ignore_stop:
            self._answer = Answer("kInterrupt", "stopped before")
            return
        question = self._question
        question.heeds, question.ray = not ignore_stop, ray
        seconds = float(question.options["time_limit"])
        end = min(until, time.perf_counter() + seconds * (1 + GRACE_SHARE) + GRACE_S)
        for _ in range(MAX_TRIES):
            with engine() as at:
                at.send(question)
                answer = _waited(_Watch(at, stop, end, ignore_stop), hear)
            if answer is not None:
                break
        else:
            raise SolveError(f"the solver's process died {MAX_TRIES} times, maybe for want of memory")
        if isinstance(answer, Refused):
            raise SolveError(f"the solver refuses {answer.what}")
        self._answer = answer

    def getInfo(self) -> Info:
        """Bound, value, and whether there is a plan."""
        there = highspy.SolutionStatus
        status = there.kSolutionStatusFeasible if self._answer.x is not None else there.kSolutionStatusNone
        return Info(self._answer.bound, self._answer.objective, status)

    def getModelStatus(self) -> Any:
        """How it ended."""
        return getattr(highspy.HighsModelStatus, self._answer.status)

    def modelStatusToString(self, _status: Any) -> str:
        """The same in words."""
        return self._answer.word

    def getSolution(self) -> Solution:
        """Columns, and of a relaxation the duals."""
        nothing = np.zeros(0)
        x = self._answer.x
        return Solution(nothing if x is None else x, *(self._answer.duals or (nothing, nothing)))

    def getBasis(self) -> Any:
        """The basis of a relaxation; None where there is none."""
        if self._answer.basis is None:
            return None
        basis = highspy.HighsBasis()
        basis.valid, basis.alien = True, False
        statuses = [highspy.HighsBasisStatus(k) for k in range(5)]
        basis.col_status, basis.row_status = ([statuses[k] for k in part] for part in self._answer.basis)
        return basis

    def getDualRay(self) -> tuple[None, bool, NDArray[np.float64]]:
        """Multipliers that prove a relaxation empty, as highspy gives them: whether there are any comes second."""
        ray = self._answer.dual_ray
        return None, ray is not None, np.zeros(0) if ray is None else ray


def _numbers(statuses: Any) -> NDArray[np.int8]:
    return np.fromiter(map(int, statuses), np.int8)


@dataclass
class _Watch:
    """A process at work, and when it has to be through."""

    at: Any
    stop: Stop
    end: float
    ignore_stop: bool
    told: bool = False

    def is_over(self) -> str | None:
        """The status that it ends with where it is to be killed now; passes a stop on, once."""
        if self.stop.asked and not self.told and not self.ignore_stop:
            self.at.stop()
            self.told = True
        if self.stop.asked and self.stop.seconds > (TO_THE_END_S if self.ignore_stop else HEEDS_S):
            return "kInterrupt"
        return "kTimeLimit" if time.perf_counter() > self.end else None


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
