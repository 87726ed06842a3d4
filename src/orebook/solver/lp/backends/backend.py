"""What a solver has to do to stand behind the door: take a program, minimise it from a start, give duals and rays if it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from orebook.solver.lp.messages import Answer, Basis, Floats, Plan, Program, Settings, Sign

Say = Callable[[Sign | Plan], None]
"""Takes a sign of life, or a better plan than those before, as it comes."""


class RefusedError(Exception):
    """A setting or a program that the solver does not take; the text says which."""


@dataclass(frozen=True)
class Capabilities:
    """What a solver gives beside plans and bounds; what it does not, HiGHS is asked for."""

    duals: bool = False
    """Of relaxations, without integer columns."""
    basis: bool = False
    """Of relaxations, to begin another from."""
    dual_ray: bool = False
    """What proves a relaxation empty."""


class Backend(Protocol):
    """One solve: `load`, then `minimise`, then `dual_ray` where it is wanted."""

    capabilities: Capabilities

    def load(self, program: Program, settings: Settings) -> None:
        """Take a program. Raises RefusedError for what the solver does not take."""

    def minimise(self, start: Floats | None, basis: Basis | None, stop: Event | None, say: Say) -> Answer:
        """Solve it, from a plan or a basis where there is one; `stop` set means: end with the best there is."""

    def dual_ray(self) -> Floats | None:
        """After a relaxation that is empty: multipliers of the rows that prove it, None where there are none."""
