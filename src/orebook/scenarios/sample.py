"""How a figure is spread over draws that have probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from orebook.scenarios.volatility import Floats

WORST = 0.1
"""The part of the probability whose mean is told."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How a figure is spread over draws: how many, mean, standard deviation, and the mean of the highest tenth."""

    number: int
    mean: float
    deviation: float
    worst_tenth: float

    @classmethod
    def of(cls, values: Floats, probability: Floats) -> Sample:
        """Of values with their probabilities, which come to 1."""
        mean = float(values @ probability)
        order = np.argsort(-values)
        part = np.diff(np.minimum(np.cumsum(probability[order]), WORST), prepend=0.0)
        worst = float(values[order] @ part) / WORST
        return cls(len(values), mean, sqrt(float((values - mean) ** 2 @ probability)), worst)
