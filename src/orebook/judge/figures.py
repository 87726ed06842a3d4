"""Figures as a planner reads them."""

from __future__ import annotations

from orebook.exact import Fraction


def tonnes(amount: Fraction) -> str:
    """Tonnes to the gram, trailing zeros dropped."""
    return f"{plain(amount)} t"


def usd(amount: Fraction) -> str:
    """USD to the cent."""
    return f"{float(amount):,.2f} USD"


def percent(part: Fraction) -> str:
    """A part of 1 in percent."""
    return f"{plain(100 * part)} %"


def plain(amount: Fraction) -> str:
    """A number to six decimals, or to three digits where that would show nothing."""
    if amount and abs(amount) < Fraction(1, 10**6):
        return f"{float(amount):.3g}"
    return f"{float(amount):,.6f}".rstrip("0").rstrip(".")
