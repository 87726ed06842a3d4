"""A plan that needs no solver, for where a limit comes before any other; made beside the solver where the limit is short."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from types import TracebackType

from orebook.problem import Problem
from orebook.rule_of_thumb.without_solver import Unsolved, unsolved
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.clock import LATE_SHARE, Clock
from orebook.solver.lp.stop import Stop

UNAIDED_S = 4.0
"""Of processor time, for such a plan: twice what the rule of thumb takes for a reserve of sixty minerals."""

SHORT_LIMIT_S = 20.0
"""Limits for which it is made while the solver works, so that it is there when they come."""


@dataclass
class Fallback:
    """As a context it begins such a plan at once where the limit is short, and ends it when nobody needs it any more."""

    problem: Problem
    model: Model
    stages: Sequence[StageName]
    clock: Clock
    stop: Stop
    wanted: bool
    """Whether whoever asks can do with such a plan."""
    _over: Event = field(default_factory=Event)
    _early: Future[Unsolved | None] | None = None

    def __enter__(self) -> Fallback:
        if self.wanted and self.clock.limit_s <= SHORT_LIMIT_S:
            self._beside = ThreadPoolExecutor(1)
            self._early = self._beside.submit(self._made)
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._over.set()
        if self._early is not None:
            self._beside.shutdown(wait=False)

    def plan(self) -> Unsolved | None:
        """The plan; None where there is none, or none is wanted."""
        if not self.wanted:
            return None
        return self._made() if self._early is None else self._early.result()

    def _made(self) -> Unsolved | None:
        began, most = time.thread_time(), max(UNAIDED_S, LATE_SHARE * self.clock.limit_s)

        def late() -> bool:
            return self._over.is_set() or time.thread_time() - began > most

        return unsolved(self.problem, self.model, self.stages, late, hurry=self.stop.asked)
