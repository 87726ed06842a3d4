"""What proves a bound: multipliers of a program's rows and of cuts. Whoever has them need trust nobody (`duality.py`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orebook.solver.lp.cut import Cut
from orebook.solver.lp.matrix import Floats


@dataclass(frozen=True)
class Certificate:
    """A multiplier of each row, and after those one of each cut."""

    multipliers: Floats
    cuts: tuple[Cut, ...] = ()

    @property
    def counting(self) -> tuple[int, ...]:
        """The cuts that the bound rests on, by their place."""
        return tuple(int(k) for k in np.flatnonzero(self.multipliers[len(self.multipliers) - len(self.cuts) :] > 0))

    def without(self, *left_out: int) -> Certificate:
        """The same with some cuts, by their place, counted as nothing."""
        multipliers = self.multipliers.copy()
        multipliers[len(multipliers) - len(self.cuts) + np.array(left_out, int)] = 0.0
        return Certificate(multipliers, self.cuts)
