"""What is minimised over futures: the mean of a measure, and with a weight the mean of its worst part.

    R[m] = (1 - g) * sum over s of p[s] * m[s] + g * CVaR_a[m]
    CVaR_a[m] = min over h of  h + 1/a * sum over s of p[s] * max(0, m[s] - h)

g is the tail weight, a the tail: the part of the probability that counts as the worst. Rockafellar and Uryasev, Journal of
Risk 2 (2000) 21-41.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orebook.exact import ZERO, Fraction, exact


@dataclass(frozen=True, slots=True)
class RiskMeasure:
    """The tail, 0 < tail <= 1, and its weight, 0 to 0.999; the mean alone where the weight is 0."""

    tail: float = 0.1
    tail_weight: float = 0.0

    def of(self, probabilities: Sequence[Fraction], measures: Sequence[Fraction]) -> Fraction:
        """R of a measure by future, exactly, in the measure's unit."""
        mean = sum((p * m for p, m in zip(probabilities, measures, strict=True)), ZERO)
        if not self.tail_weight:
            return mean
        weight = exact(self.tail_weight)
        return (1 - weight) * mean + weight * self.worst(probabilities, measures)

    def threshold(self, probabilities: Sequence[Fraction], measures: Sequence[Fraction]) -> Fraction:
        """The least measure of the worst part: an h at which CVaR is (value at risk)."""
        left = exact(self.tail)
        worst_first = sorted(zip(measures, probabilities, strict=True), reverse=True)
        for m, p in worst_first:
            left -= p
            if left <= 0:
                return m
        return worst_first[-1][0]

    def worst(self, probabilities: Sequence[Fraction], measures: Sequence[Fraction]) -> Fraction:
        """The mean of the worst part of the probability."""
        left, total = exact(self.tail), ZERO
        for m, p in sorted(zip(measures, probabilities, strict=True), reverse=True):
            part = min(p, left)
            total, left = total + part * m, left - part
        return total / exact(self.tail)
