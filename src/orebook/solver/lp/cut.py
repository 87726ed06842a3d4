"""An inequality that every plan keeps, known from one mineral's rows alone; `block_cuts.py` finds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


@dataclass(frozen=True)
class Cut:
    """`weights . x[columns] >= least`, in the objective's unit."""

    mineral: int
    columns: NDArray[np.intp]
    weights: NDArray[np.float64]
    least: float

    def lift(self, x: NDArray[np.float64]) -> float:
        """By how much a point breaks it, not below 0; in the objective's unit."""
        return max(0.0, self.least - float(self.weights @ x[self.columns]))

    def row(self, columns: int) -> sp.csr_array:
        """The left side as a row of so many columns."""
        return sp.csr_array((self.weights, (np.zeros_like(self.columns), self.columns)), shape=(1, columns))
