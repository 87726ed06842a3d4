"""Values as a message shows them: text in quotes, numbers written out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal

_LONG = 60
_FEW = 6


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


def lines_in_words(lines: Iterable[int], what: str = "row") -> str:
    """Rows of a sheet in words: `row 3`, `rows 2 to 4 and 7`; after some, how many more there are."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    told = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    if len(told) > _FEW:
        told = [*told[:_FEW], f"{len(told) - _FEW} more"]
    several = len(runs) > 1 or len(runs[0]) > 1
    return f"{what}{'s' if several else ''} {', '.join(told[:-1]) + ' and ' if len(told) > 1 else ''}{told[-1]}"


def an(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def letter(place: int) -> str:
    """The letter of a column, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
