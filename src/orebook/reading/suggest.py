"""Did you mean: the nearest of the names that are known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 8
_LIKE = 0.65
_ENOUGH = 3
"""Letters that tell a name by its beginning."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, upper and lower case apart; None where none is like it."""
    folded = {k.casefold(): k for k in sorted(known)}
    typed = name.casefold()
    close = get_close_matches(typed, folded, n=1, cutoff=_LIKE)
    close += [k for k in folded if len(typed) >= _ENOUGH and k.startswith(typed)]
    return folded[close[0]] if close else None


def mend(name: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown name: the nearest one, else all of a few, else how many there are."""
    names = sorted(known)
    like = nearest(name, names)
    if like is not None:
        return f'did you mean "{like}"?'
    if not names:
        return "there are none"
    if len(names) <= _FEW:
        return f"write {', '.join(names[:-1]) + ' or ' if len(names) > 1 else ''}{names[-1]}"
    return f"none of the {len(names)} there is like it"
