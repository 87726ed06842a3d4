"""Amounts to the cent that still add up: one after the other as they run on, or parts of one whole by the largest remainder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor

from orebook.exact import ZERO, Fraction, floor_int


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


def parts(amounts: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Whole cents that come to the nearest cent of the sum (USD): each amount rounded down, and a cent more where most is cut
    off, until the sum is reached; of two that lose as much, the first."""
    cents = [floor_int(usd * 100) for usd in amounts]
    missing = int(to_cent(sum(amounts, ZERO)) * 100) - sum(cents)
    most_cut_off = sorted(range(len(cents)), key=lambda n: (cents[n] - amounts[n] * 100, n))
    for n in most_cut_off[:missing]:
        cents[n] += 1
    return tuple(Fraction(n, 100) for n in cents)
