"""Did you mean: the nearest of the names that are known."""

from __future__ import annotations

from collections.abc import Container, Iterable
from difflib import get_close_matches

from pydantic import BaseModel

from orebook.reading import letters

_FEW = 8
_LIKE = 0.65
MOST_COMPARED = 20_000
"""Names held against names for one list of known ones; some 30 us each."""
_ENOUGH = 3
"""Letters that tell a name by its beginning."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, upper and lower case apart; None where none is like it."""
    known = sorted(known)
    look = letters.look(name)
    alike = [k for k in known if not (name + k).isascii() and letters.look(k) == look]
    if alike:
        return alike[0]
    folded = {k.casefold(): k for k in known}
    typed = name.casefold()
    close = get_close_matches(typed, folded, n=1, cutoff=_LIKE)
    close += [k for k in folded if len(typed) >= _ENOUGH and k.startswith(typed)]
    return folded[close[0]] if close else None


def mend(name: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown name: the nearest one, else all of a few, else how many there are."""
    names = sorted(known)
    like = nearest(name, names)
    if like is not None:
        return meant(name, like)
    if not names:
        return "there are none"
    if len(names) <= _FEW:
        return f"write {', '.join(names[:-1]) + ' or ' if len(names) > 1 else ''}{names[-1]}"
    return f"none of the {len(names)} there is like it"


class Suggestions:
    """What to write instead of names that are not known, of one list of known ones: as many as take no long time to find.

    To compare each of many with each of many would take hours for a stranger's file; the first few say what is wrong.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(known)
        self._left = MOST_COMPARED

    def nearest(self, name: str) -> str | None:
        """As `nearest`; None where enough was compared."""
        self._left -= len(self.known)
        return nearest(name, self.known) if self._left >= 0 else None

    def mend(self, name: str) -> str:
        """As `mend`; how many there are where enough was compared."""
        self._left -= len(self.known)
        return mend(name, self.known) if self._left >= 0 else f"it is none of the {len(self.known)} there"


def column(name: str, model: type[BaseModel], there: Container[str]) -> str:
    """What to write instead of the name of a column that a table does not have; `there` are those that it has."""
    like = nearest(name, [field for field in model.model_fields if field not in there])
    return meant(name, like) if like else f"it has {', '.join(model.model_fields)}"


def meant(name: str, like: str) -> str:
    """The question after a name that is most like another; which letter differs, where that can hardly be seen."""
    differs = letters.difference(name, like)
    return f'did you mean "{like}"?' + (f" {differs[0].upper()}{differs[1:]}" if differs else "")
