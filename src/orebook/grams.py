"""Whole grams: the amounts in which tickets, puts and outs are written, and figures that a solver is a hair off."""

from __future__ import annotations

from orebook.exact import Fraction, ceil_int, exact, floor_int

GRAM = Fraction(1, 10**6)
"""In tonnes."""

DECIMALS = 6
"""Of a tonne, in a gram."""

FLOAT_NOISE_REL = 1e-11
"""Part of an amount, or of a tonne, that a solver's arithmetic may be off by."""


def gram_below(tonnes: Fraction) -> Fraction:
    """The most whole grams not over an amount."""
    return Fraction(floor_int(tonnes / GRAM)) * GRAM


def gram_above(tonnes: Fraction) -> Fraction:
    """The least whole grams not under an amount."""
    return Fraction(ceil_int(tonnes / GRAM)) * GRAM


def meant(tonnes: float) -> Fraction:
    """The roundest amount of whole grams within the noise of a solver's figure; the figure itself where there is none."""
    noise = FLOAT_NOISE_REL * max(1.0, abs(tonnes))
    for decimals in range(DECIMALS + 1):
        round_figure = round(tonnes, decimals)
        if abs(round_figure - tonnes) <= noise:
            return exact(round_figure)
    return exact(tonnes)
