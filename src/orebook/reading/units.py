"""Units and magnitudes that are typed beside a number, and how many of a column's own unit each is."""

from __future__ import annotations

import re

from orebook.exact import Fraction

_Table = dict[int | Fraction, str]
_MASS: _Table = {  # in tonnes; tons, MT, Mt and ounces are each several things, and so are in no table
    1: "t tonne tonnes tonnen metrictonne metrictonnes",
    Fraction(1, 1_000): "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    Fraction(1, 1_000_000): "g gram grams gramme grammes",
    1_000: "kt kilotonne kilotonnes",
    Fraction(45_359_237, 10**11): "lb lbs pound pounds",
    Fraction(311_034_768, 10**13): "ozt toz oztr troyoz troyounce troyounces",
}
_MONEY: _Table = {
    1: "usd us$ $ dollar dollars usdollar usdollars",
    1_000: "kusd k$ tusd",
    10**6: "musd mnusd miousd mlnusd",
}
_ROOM: _Table = {
    1: "m3 m^3 cbm cubicmetre cubicmetres cubicmeter cubicmeters",
    Fraction(1, 1_000): "l litre litres liter liters",
    Fraction(28_316_846_592, 10**12): "ft3 cuft cft cubicfoot cubicfeet",
}
_DAYS: _Table = {1: "d day days tag tage jour jours", 7: "w wk wks week weeks woche wochen"}
_PERCENT: _Table = {1: "% pct percent prozent", Fraction(1, 100): "bp bps basispoint basispoints"}

_PARTS: dict[str, _Table] = {
    "t": _MASS,
    "USD": _MONEY,
    "m3": _ROOM,
    "days": _DAYS,
    "day": _DAYS,
    "weeks": {1: _DAYS[7], Fraction(1, 7): _DAYS[1]},
    "week": {1: _DAYS[7], Fraction(1, 7): _DAYS[1]},
    "year": {1: "a y yr year years annum jahr"},
    "%": _PERCENT,
    "1": {Fraction(1, 100): "% pct percent prozent"},
    "houses": {1: "house houses"},
}
_MAGNITUDES: _Table = {
    1_000: "k K tsd tsd. thousand thsd tausend",
    10**6: "mio mio. mn mln mill mill. million millions millionen",
    10**9: "bn bln billion billions mrd mrd. milliard milliards milliarden",
    100_000: "lakh lakhs",
    10**7: "crore crores",
    10_000: "万 萬 만",
    10**8: "亿 億 억",
}
_OF_MONEY: _Table = {10**6: "m M mm", 10**9: "b B"}
"""Of money these are millions and billions; of tonnes they may be much else."""
_WEEK = ("w", "wk", "wk.", "week")
_YEARLY = re.compile(r"\s*\bp\.?\s?a\.?\s*$|(?<=%)\s*p\.?\s?a\.?\s*$", re.IGNORECASE)
_PER = re.compile(r"\bper\b|\bpro\b", re.IGNORECASE)


def _by_word(table: _Table) -> dict[str, Fraction]:
    return {word: Fraction(factor) for factor, words in table.items() for word in words.split()}


UNITS = {unit: _by_word(table) for unit, table in _PARTS.items()}
LARGE = _by_word(_MAGNITUDES)
LARGE_MONEY = {**LARGE, **_by_word(_OF_MONEY)}


def factor(before: str, after: str, unit: str) -> Fraction | None:
    """What to multiply a number by that stands between these two, for a column of that unit; None where unknown.

    For USD/t: ("", "USD/kg") is 1000, ("$", "") is 1, ("", "k") is 1000, and ("EUR", "") is None.
    """
    if unit == "week":
        return Fraction(1) if before.strip().casefold() in ("", *_WEEK) and not after.strip() else None
    own = [word_of(part) for part in unit.split("/")]
    typed = [word_of(part) for part in _PER.sub("/", _YEARLY.sub("/year", after)).split("/")]
    ahead = _ahead(word_of(before), own[0])
    first = _first(typed[0], own[0], counted=bool(before.strip()))
    if ahead is None or first is None or len(typed) > len(own):
        return None
    found = ahead * first
    for mine, theirs in zip(own[1:], typed[1:], strict=False):
        below = UNITS.get(mine, {}).get(theirs)
        if below is None:
            return None
        found /= below
    return found


def _ahead(word: str, own: str) -> Fraction | None:
    """What a word in front of the number counts for: only money has its unit there."""
    if not word:
        return Fraction(1)
    return UNITS["USD"].get(word) if own == "usd" else None


def _first(word: str, own: str, *, counted: bool) -> Fraction | None:
    """What the word after the number counts for; `counted` where its unit stands in front of it already."""
    name = "USD" if own == "usd" else own
    units = {} if counted else UNITS.get(name, {})
    large = LARGE_MONEY if name == "USD" else LARGE if name in ("t", "m3") else {}
    if not word:
        return Fraction(1)
    if word in units or word in large:
        return units.get(word) or large[word]
    splits = ((word[:k], word[k:]) for k in range(len(word) - 1, 0, -1))
    return next((large[size] * units[rest] for size, rest in splits if size in large and rest in units), None)


def word_of(text: str) -> str:
    """A word without blanks, in lower case; a letter alone keeps its case, for M is not m, nor G g."""
    bare = "".join(text.split()).replace("³", "3")
    return bare if len(bare) == 1 else bare.casefold()
