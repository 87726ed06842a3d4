"""Amounts to the cent that still add up: each is rounded with what the ones before it were rounded by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from orebook.exact import ZERO, Fraction


def to_cent(usd: Fraction) -> Fraction:
    """The nearest cent, half a cent upwards (USD)."""
    return Fraction(floor(usd * 100 + Fraction(1, 2)), 100)


def adding_up(amounts: Iterable[Fraction]) -> Iterator[Fraction]:
    """Whole cents whose sum, after each amount, is that of the amounts to the nearest cent (USD)."""
    total = told = ZERO
    for usd in amounts:
        total += usd
        yield to_cent(total) - told
        told = to_cent(total)
