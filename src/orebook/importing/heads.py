"""What a head says: its name, the unit in it, the period or the quantity that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from orebook.importing.currencies import CURRENCIES
from orebook.importing.quantities import Unit, lacks, unit_of
from orebook.reading import letters

_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_SPLIT = re.compile(r"[\s_,;:|]+|\s-\s")
_NOISE = re.compile(r"[^\w%/+&<>=≥.]+", re.UNICODE)
_FROM = re.compile(
    r"(?:price|rate|preis|prix)?\s*(?:>=|≥|>|from|ab|over|min\.?)?\s*(\d[\d.,]*)\s*(?:-|–|to|bis)\s*\d[\d.,]*\s*(?P<u1>[a-z]*)|"
    r"(?:price|rate|preis|prix)?\s*(?:>=|≥|>|from|ab|over|min\.?)\s*(\d[\d.,]*)\s*(?P<u2>[a-z]*)|"
    r"(?:price|rate|preis|prix)?\s*(\d[\d.,]*)\s*(?P<u3>[a-z]*)\s*(?:\+|and over|or more|and above|plus)\s*(?P<u4>[a-z]*)"
)


def spoken(head: str) -> str:
    """The head in plain small letters, without brackets and marks: what names are compared by."""
    return " ".join(_NOISE.sub(" ", letters.plain(head).replace("_", " ")).split())


def split_head(head: str, meanings: Mapping[str, str]) -> tuple[str, str | None]:
    """The name in a head and the text of its unit; None where it says none."""
    for found in _BRACKETED.finditer(head):
        if _is_unit(found[1], meanings):
            return " ".join((head[: found.start()] + head[found.end() :]).split()), found[1].strip()
    words = [word for word in _SPLIT.split(head) if word]
    for many in range(1, len(words)):
        tail = " ".join(words[many:])
        if _is_unit(tail, meanings) and _tells(unit_of(tail, meanings), tail):
            name = " ".join(words[:many])
            return name.removesuffix(" in").strip(), tail
    return head, None


def _is_unit(text: str, meanings: Mapping[str, str]) -> bool:
    unit = unit_of(text, meanings)
    return unit is not None and (unit.kind != "" or bool(unit.per))


def _tells(unit: Unit | None, text: str) -> bool:
    """Whether a unit without brackets is meant as one; a letter alone may be anything but tonnes, grams and signs."""
    if unit is None or (len(text) == 1 and text.isalpha() and text not in "tg"):
        return False
    return unit.kind in ("money", "percent", "mass", "contained", "room", "area", "time") or bool(unit.per)


def _words(title: str) -> list[str]:
    return [word.strip("().,:;") for word in letters.plain(title).split()]


def currency_in(titles: Sequence[str]) -> str | None:
    """The currency that a title names, such as `prices in EUR`; None where none does, or several."""
    said = {CURRENCIES[word] for title in titles for word in _words(title) if word in CURRENCIES}
    return said.pop() if len(said) == 1 else None


def unit_in_titles(titles: Sequence[str], kind: str) -> str | None:
    """The unit that a title says of what stands under it, such as `in tonnes`, of the kind that is wanted."""
    wanted = unit_of(kind, {})
    for title in reversed(titles):
        text = title if unit_of(title, {}) is not None else split_head(title, {})[1]
        unit = unit_of(text, {}) if text else None
        if text is not None and unit is not None and wanted is not None and lacks(unit, wanted) is None:
            return text
    return None


def break_from(head: str) -> tuple[str, str] | None:
    """The quantity from which the price under a head such as `100-499 t` or `500+ t` holds, and its unit."""
    found = _FROM.fullmatch(" ".join(letters.plain(_BRACKETED.sub(r"\1", head)).split()))
    if found is None:
        return None
    number = next(group for group in (found[1], found[3], found[5]) if group)
    return number, next((unit for unit in (found["u1"], found["u2"], found["u3"], found["u4"]) if unit), "")
