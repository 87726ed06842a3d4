"""How a solve ended, each kind with one exact meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from orebook.errors import NoPlanError, StoppedError
from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.cut import Cut

Ending = Literal["proven", "stopped", "empty-handed", "infeasible", "failed"]
StoppedBy = Literal["time", "interrupt", "count"]


@dataclass(frozen=True)
class Outcome:
    """The end of one solve of one objective.

    proven        `x` satisfies every row and its objective is within the gap of `bound`
    stopped       a limit came first; `x` satisfies every row, `bound` holds
    empty-handed  a limit came before any plan
    infeasible    the solver says that there is no plan: a claim, to be proven elsewhere
    failed        the solver gave up, or its plan broke a row
    """

    ending: Ending
    bound: float
    seconds: float
    stopped_by: StoppedBy | None = None
    detail: str = ""
    reduced_cost: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Of each column, where a relaxation was solved to its end."""
    row_dual: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Of each row, likewise."""
    basis: Any = None
    """The solver's own, likewise: to begin another objective's relaxation from."""
    from_nothing_s: float = 0.0
    """Seconds that this relaxation took from nothing; where it began at another's end, those of the last that did not."""
    cuts: tuple[Cut, ...] = ()
    """What minerals alone make of the program, where the bound may rest on it."""
    certificate: Certificate | None = None
    """Of the highest relaxation's bound, where one was solved."""
    presolved: bool = False
    """Whether presolve alone ended it."""
    broken: NDArray[np.float64] | None = None
    """A point that broke a row, where the solver called it a plan."""
    _x: NDArray[np.float64] | None = None

    @property
    def cut_short(self) -> bool:
        """Whether the clock or whoever waited had a say in it, and not counts alone."""
        return self.stopped_by in ("time", "interrupt")

    def with_start(self, x: NDArray[np.float64] | None) -> Outcome:
        """The outcome, with the plan that the solve began at where it has come to none of its own."""
        return self if self.has_plan or x is None else replace(self, ending="stopped", _x=x)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to ask for."""
        return self._x is not None

    @property
    def x(self) -> NDArray[np.float64]:
        """The plan's columns. Raises where there is none."""
        if self._x is not None:
            return self._x
        if self.ending == "empty-handed":
            raise StoppedError("stopped before a first plan was found")
        raise NoPlanError(self.detail or "the solver has no plan")
