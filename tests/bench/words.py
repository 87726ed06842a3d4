"""Figures and tables as the page writes them."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from orebook.solver.lp.gaps import GRAM_GAP_REL


def percent(part: float) -> str:
    """A part in %, 0 where grams alone may make it; ∞ where there is none."""
    if not isfinite(part):
        return "∞"
    if part <= GRAM_GAP_REL:
        return "0 %"
    if part >= 10:
        return f"{100 * part:,.0f} %"
    return f"{100 * part:.2f} %" if part >= 1e-4 else f"{100 * part:.2g} %"


def seconds(s: float) -> str:
    """Seconds; ∞ where it never comes."""
    return f"{s:.1f} s" if isfinite(s) else "∞"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
