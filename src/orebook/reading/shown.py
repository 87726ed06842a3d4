"""Values as a message shows them: text in quotes, numbers written out."""

from __future__ import annotations

import json
from decimal import Decimal

_LONG = 60


def shown(value: object) -> str:
    """A value for a message: text in quotes, everything else plain, what is very long cut off."""
    text = plain(value)
    if len(text) > _LONG:
        text = f"{text[:_LONG]}..."
    return f'"{text}"' if isinstance(value, str) else text


def plain(value: object) -> str:
    """A value as it was typed, without quotes: a number without exponent, a table or list as JSON says it."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return figure(value)
    return json.dumps(value, default=str)


def figure(x: float, digits: int | None = None) -> str:
    """A number without exponent, rounded to that many significant digits where asked."""
    number = Decimal(repr(x) if digits is None else f"{x:.{digits}g}")
    if not number.is_finite():
        return str(x)
    return f"{number.normalize():f}" if number else "0"
