"""Numbers as the files hold them: few significant digits, and whole lots."""

from __future__ import annotations

import math

TROY_OUNCES_PER_T = 32150.7


def sig(x: float, digits: int) -> float:
    """`x` at that many significant digits."""
    return 0.0 if x == 0 else round(x, digits - 1 - math.floor(math.log10(abs(x))))


def cell(value: str | float | None) -> str:
    """A cell: blank for None, a number without needless digits."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.12g}"


def lots(lot_t: float, count: int) -> float:
    """The tonnes of that many lots, without the noise of binary fractions."""
    return round(lot_t * count, 6)
