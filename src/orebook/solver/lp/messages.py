"""What is sent to a process that solves, and what it says: no solver's own words, so that any may stand behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Heuristics = Literal["all", "quick", "none"]
Status = Literal["optimal", "infeasible", "time", "interrupt", "count", "other"]
"""How a solve ended: within its gaps; without any plan; by a limit of time, a stop, a limit that counts; or otherwise."""
Basis = tuple[NDArray[np.int8], NDArray[np.int8]]
"""Of columns and of rows: 0 at the lower end, 1 basic, 2 at the upper end, 3 free at zero, 4 not basic."""
BASIC = 1


@dataclass(frozen=True)
class Program:
    """Minimise cost . x with row_lower <= A x <= row_upper, lower <= x <= upper, x integer where it must be.

    `A` is compressed row by row: the entries of row k are those from `starts[k]` to `starts[k + 1]`.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.int32]
    row_lower: Floats
    row_upper: Floats
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: Floats


@dataclass(frozen=True)
class Settings:
    """What a solve may take and how it is done; None: as the solver has it. Gaps are of the program's own objective."""

    gap: float = 0.0
    absolute_gap: float = 0.0
    seconds: float = np.inf
    nodes: int | None = None
    stalled_nodes: int | None = None
    improvements: int | None = None
    iterations: int | None = None
    seed: int = 0
    presolve: bool = True
    heuristics: Heuristics = "all"
    feasibility: float | None = None
    """How far rows and whole numbers may be off."""
    interior: bool = False
    """Whether a relaxation may be solved by an interior point method that ends without a basis."""


@dataclass
class Question:
    """One solve. `heeds`: a stop ends it; `ray`: what proves it empty is wanted."""

    program: Program
    settings: Settings
    start: Floats | None = None
    basis: Basis | None = None
    heeds: bool = True
    ray: bool = False
    log: bool = False
    """Whether the solver's own log is wanted."""


@dataclass(frozen=True)
class Sign:
    """A sign of life."""

    incumbent: float = np.inf
    bound: float = -np.inf


@dataclass(frozen=True)
class Plan:
    """A better plan than those before."""

    x: Floats


@dataclass(frozen=True)
class Logged:
    """Lines of the solver's own log."""

    text: str


@dataclass(frozen=True)
class Refused:
    """A setting or a program that the solver does not take."""

    what: str


@dataclass(frozen=True)
class Answer:
    """How a solve ended; no plan is better than `bound`; `duals`, of columns and of rows, and `basis` are a relaxation's.

    `presolved`: presolve alone ended it, no relaxation was solved.
    """

    status: Status
    word: str
    bound: float = -np.inf
    objective: float = np.inf
    x: Floats | None = None
    duals: tuple[Floats, Floats] | None = None
    basis: Basis | None = None
    dual_ray: Floats | None = None
    presolved: bool = False
