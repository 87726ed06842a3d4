"""Gaps of stages' measures, and what a kept stage may be over by."""

from __future__ import annotations

from orebook.schema.stages import STAGES, StageName

GRAM_GAP_REL = 1e-6
"""A relative gap that rounding to grams alone can leave."""

KEPT_PADDING_REL = 1e-6
"""Part of a value, or of one of its unit."""


def gap_of(stage: StageName, value: float, bound: float) -> float:
    """The relative gap of a stage, as the contract words it."""
    return max(0.0, value - bound) / max(abs(value), STAGES[stage].smallest)


def within(gap: float, asked: float) -> bool:
    """Whether a gap is within the one asked for, to what grams and the solver's tolerance can tell."""
    return gap <= asked + GRAM_GAP_REL


def enough(stage: StageName, bound: float, gap: float) -> float:
    """A value that is within the gap of a bound, or as good as the largest such."""
    return bound + gap * max((1 - gap) * abs(bound), STAGES[stage].smallest)


def kept_padding(value: float) -> float:
    """What a kept measure may exceed its limit by, so that a plan that reaches it exactly is never cut off."""
    return KEPT_PADDING_REL * max(1.0, abs(value))


def most_kept(value: float, slack: float) -> float:
    """The most a later stage may leave of an earlier one's measure: the slack is of its size, whatever its sign."""
    return value + slack * abs(value) + kept_padding(value)
