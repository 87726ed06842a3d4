"""Units as a planner writes them beside a figure: `USD/kg`, `per oz`, `KRW bn`, `(KRW/m3/month)`, `kt`, `t/day`, `USD/dmtu`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from orebook.exact import Fraction
from orebook.importing.currencies import CURRENCIES
from orebook.reading import letters
from orebook.reading.units import LARGE, LARGE_MONEY, UNITS

ONE = Fraction(1)
MONTH_DAYS = Fraction(365, 12)
"""Of a month that is no named one: a twelfth of a year."""

_KINDS: dict[str, dict[str, Fraction]] = {
    "mass": {
        **UNITS["t"],
        **dict.fromkeys(("shortton", "shorttons"), Fraction(90_718_474, 10**8)),
        **dict.fromkeys(("longton", "longtons"), Fraction(10_160_469_088, 10**10)),
        "avoirdupoisoz": Fraction(28_349_523_125, 10**15),
        **dict.fromkeys(("metricton", "metrictons"), Fraction(1)),
        "mg": Fraction(1, 10**9),
    },
    "contained": {  # the mass of what a concentrate or compound holds
        **dict.fromkeys(("mtu", "dmtu", "metrictonneunit", "metrictonunit"), Fraction(1, 100)),
        **dict.fromkeys(("stu", "shorttonunit"), Fraction(90_718_474, 10**10)),
    },
    "room": UNITS["m3"],
    "area": {
        **dict.fromkeys(("m2", "m^2", "sqm", "squaremetres", "squaremeters"), Fraction(1)),
        **dict.fromkeys(("ft2", "sqft", "squarefeet"), Fraction(9_290_304, 10**8)),
    },
    "length": {**dict.fromkeys(("m", "metre", "metres", "meter", "meters"), Fraction(1)), "ft": Fraction(3_048, 10**4)},
    "time": {
        **UNITS["days"],
        **dict.fromkeys(("calendardays", "workingdays", "businessdays"), Fraction(1)),
        **dict.fromkeys(("mo", "mth", "mths", "month", "months", "monat", "monate", "mois"), MONTH_DAYS),
        **dict.fromkeys(("quarter", "quarters"), 3 * MONTH_DAYS),
        **dict.fromkeys(("y", "yr", "yrs", "year", "years", "annum", "a", "jahr", "jahre", "an"), Fraction(365)),
    },
    "percent": {**UNITS["%"], "fraction": Fraction(100)},
}  # fmt: skip
UNCLEAR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("oz", "ounce", "ounces", "ozs"), ("troy oz", "avoirdupois oz")),
    **dict.fromkeys(("ton", "tons"), ("t", "short ton", "long ton")),
    "mt": ("t",),
    "mts": ("t",),
    "¥": ("JPY", "CNY"),
}
"""Words that mean several things, and what each may mean; a mapping's `units` says which it is."""
_BRACKETS = re.compile(r"[()\[\]{}]")
_PER = re.compile(r"\b(?:per|pro|par|por|je|each)\b", re.IGNORECASE)
_PIECES = re.compile(r"\d[\d.,]*|[^\W\d_]+[23³²]?(?=[^\w]|$|[23³²])|m\^?[23]|[^\s\w]+|[^\W\d_]+", re.UNICODE)
_CENTS = {"¢", "c", "ct", "cts", "cent", "cents"}
_THOUSANDS = {"'000", "000", "000s", "'000s", "thousands"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of it is: `factor` of the kind's own unit (t, USD or another currency, m3, m2, m, day, %), by what it is `per`.

    `kind` is empty where only what it is per was said, as in `per kg`; `unclear` are words that mean several things.
    """

    kind: str = ""
    factor: Fraction = ONE
    currency: str | None = None
    per: tuple[tuple[str, Fraction], ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def contained(self) -> bool:
        """Whether it counts what a compound holds, not the compound."""
        return "contained" in (self.kind, *(kind for kind, _ in self.per))


def unit_of(text: str, meanings: Mapping[str, str]) -> Unit | None:
    """The unit that a text names and nothing else; None where it holds any other word."""
    return _unit_of(letters.plain(_BRACKETS.sub(" ", text)).strip(), tuple(sorted(meanings.items())))


@cache
def _unit_of(text: str, meanings: tuple[tuple[str, str], ...]) -> Unit | None:
    parts = [part.strip(" .:,-") for part in _PER.sub("/", text).split("/")]
    if len(parts) > 1 and not parts[0]:
        first: Unit | None = Unit()
    else:
        first = _part(parts[0], meanings)
    rest = [_part(part, meanings) for part in parts[1:]]
    if first is None or not all(parts[1:]) or (not parts[0] and len(parts) == 1):
        return None
    found, unclear = first, list(first.unclear)
    for below in rest:
        if below is None or below.kind in ("", "money", "percent"):
            return None
        found = replace(found, per=(*found.per, (below.kind, below.factor)))
        unclear += below.unclear
    return replace(found, unclear=tuple(unclear))


def _part(text: str, meanings: tuple[tuple[str, str], ...]) -> Unit | None:
    """A numerator or denominator: a number, a currency, a magnitude and a unit, any of them left out."""
    said = dict(meanings)
    pieces = _PIECES.findall(text.replace("³", "3").replace("²", "2"))
    factor, currency, kind, unclear = Fraction(1), None, "", list[str]()
    if not pieces:
        return None
    if pieces[0] not in _THOUSANDS and pieces[0][0].isdigit():
        try:
            factor = Fraction(pieces.pop(0).replace(",", ""))
        except ValueError:
            return None
    while pieces:
        for many in range(len(pieces), 0, -1):
            word = "".join(pieces[:many])
            if word in UNCLEAR or word in said:
                if said.get(word, "?") == "?":
                    unclear.append(word)
                    kind, currency = ("money", None) if word == "¥" else ("mass", currency)
                    break
                word = "".join(said[word].casefold().split())
            if (code := CURRENCIES.get(word)) and currency is None and kind in ("", "money"):
                kind, currency = "money", code
                break
            if word in _CENTS and kind in ("", "money") and (currency or word != "c"):
                kind, currency, factor = "money", currency or "USD", factor / 100
                break
            if word in _THOUSANDS:
                factor *= 1000
                break
            large = LARGE_MONEY if kind == "money" else LARGE
            if word in large and (kind == "money" or word not in _short_words()):
                factor *= large[word]
                break
            found = next((k for k, table in _KINDS.items() if word in table), None)
            if found is not None and kind == "":
                kind, factor = found, factor * _KINDS[found][word]
                break
            split = _compact(word)
            if split is not None and currency is None:
                kind, currency, factor = "money", split[0], factor * split[1]
                break
        else:
            return None
        del pieces[:many]
    return Unit(kind, factor, currency, unclear=tuple(unclear)) if kind or factor == 1 else None


@cache
def _short_words() -> frozenset[str]:
    return frozenset(word for table in _KINDS.values() for word in table)


def _compact(word: str) -> tuple[str, Fraction] | None:
    """A currency with a magnitude and no blank between: `usdm`, `krwbn`, `$bn`."""
    splits = ((word[:k], word[k:]) for k in range(1, len(word)))
    return next(((CURRENCIES[a], LARGE_MONEY[b]) for a, b in splits if a in CURRENCIES and b in LARGE_MONEY), None)


def lacks(unit: Unit, wanted: Unit) -> str | None:
    """In words, what a unit leaves unsaid or says differently from the wanted one; None where figures can be converted."""
    kind = unit.kind or wanted.kind
    if _plain(kind) != _plain(wanted.kind):
        return f"is {_NAMES.get(unit.kind, unit.kind)}, where {_NAMES.get(wanted.kind, wanted.kind)} should be"
    theirs, mine = [_plain(k) for k, _ in unit.per], [_plain(k) for k, _ in wanted.per]
    missing = [k for k in mine if k not in theirs]
    if missing:
        return f"does not say per what {' and '.join(_NAMES[k] for k in missing)}"
    extra = [k for k in theirs if k not in mine]
    return f"is per {_NAMES[extra[0]]} too, which is too many" if extra else None


def times(unit: Unit, wanted: Unit, content: Fraction = ONE) -> Fraction:
    """How many of the wanted unit one of this unit is, currencies apart; `content` of a compound is what it counts."""
    factor = unit.factor / wanted.factor if unit.kind else Fraction(1)
    if unit.kind == "contained":
        factor /= content
    theirs = {_plain(kind): (kind, size) for kind, size in unit.per}
    for kind, size in wanted.per:
        own, their = theirs[_plain(kind)]
        factor = factor * size / their
        if own == "contained":
            factor *= content
    return factor


def _plain(kind: str) -> str:
    return "mass" if kind == "contained" else kind


_NAMES = {
    "mass": "mass",
    "money": "money",
    "room": "room",
    "area": "area",
    "length": "length",
    "time": "time",
    "percent": "per cent",
}
