"""What is sent to a process that has HiGHS, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statuses = tuple[NDArray[np.int8], NDArray[np.int8]]
"""Of columns and of rows, by HiGHS' numbers."""


@dataclass
class Question:
    """One solve, in the solver's own terms. `heeds`: a stop ends it; `ray`: what proves it empty is wanted."""

    options: dict[str, Any] = field(default_factory=dict)
    program: tuple[Any, ...] = ()
    start: Floats | None = None
    basis: Statuses | None = None
    heeds: bool = True
    ray: bool = False


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
class Refused:
    """An option or a program that the solver does not take."""

    what: str


@dataclass(frozen=True)
class Answer:
    """How a solve ended; duals of columns and rows, and the basis, of a relaxation alone."""

    status: str = "kNotset"
    word: str = ""
    bound: float = -np.inf
    objective: float = np.inf
    x: Floats | None = None
    duals: tuple[Floats, Floats] | None = None
    basis: Statuses | None = None
    dual_ray: Floats | None = None
