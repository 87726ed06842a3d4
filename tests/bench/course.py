"""The signs that a solver gives on its way, thinned to those that say something new."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from tests.bench.kept import Sign

NEWS = 1e-5
"""Part of incumbent or bound below which a change is no news: it would not be seen in a plot."""


@dataclass
class Course:
    """Signs of one stage, whose run began at `zero` of the clock; incumbents only fall, bounds only rise."""

    zero: float
    signs: list[Sign] = field(default_factory=list)
    _best: float = np.inf
    _bound: float = -np.inf

    def tell(self, incumbent: float, bound: float) -> None:
        """Note a sign, infinite where there is none, at the time that it is."""
        best, bound = min(self._best, incumbent), max(self._bound, bound)
        if not (_new(best, self._best) or _new(bound, self._bound)):
            return
        self._best, self._bound = best, bound
        self.signs.append((round(time.perf_counter() - self.zero, 3), _kept(best), _kept(bound)))


def _new(now: float, before: float) -> bool:
    return bool(np.isfinite(now) and (not np.isfinite(before) or abs(now - before) > NEWS * abs(before)))


def _kept(x: float) -> float | None:
    return float(f"{x:.8g}") if np.isfinite(x) else None
