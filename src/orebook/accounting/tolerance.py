"""How far a row may be exceeded before it counts as broken: the margins that the contract gives a plan's rounding."""

from __future__ import annotations

from orebook.exact import ZERO, Fraction

PART = Fraction(1, 10**6)
"""Part of a limit; also a gram in tonnes."""
DUST = Fraction(1, 10**9)
CENT = Fraction(1, 100)


def beyond(gap: Fraction, limit: Fraction) -> Fraction:
    """`gap` where it is more than 1e-6 of the limit (1e-9 for a limit of zero), else 0."""
    if gap.numerator <= 0:
        return ZERO
    return gap if gap > (PART * abs(limit) or DUST) else ZERO


def beyond_cent(gap: Fraction, limit: Fraction) -> Fraction:
    """`gap` in USD where it is more than a cent and more than 1e-6 of the limit, else 0."""
    return gap if gap > CENT and gap > PART * abs(limit) else ZERO


def beyond_gram(gap: Fraction, scale: Fraction) -> Fraction:
    """`gap` in tonnes where it is more than 1e-6 t and more than 1e-6 of the tonnes it is measured against, else 0."""
    return gap if gap > PART and gap > PART * abs(scale) else ZERO
