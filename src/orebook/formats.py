"""Numbers as people read them: thousands with commas, no exponents, never a minus before a zero.

NaN is what a redaction leaves of a figure, and reads as `withheld`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from orebook.exact import Fraction, exact

Amount = float | int | Fraction
Interval = tuple[float, float]

WITHHELD = "withheld"


def plain(x: Amount, places: int) -> str:
    """`x` at that many decimals at most, no thousands separators, for machines and spreadsheets: 12345.5."""
    if math.isnan(x):
        return WITHHELD
    text = f"{float(x):.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def grouped(x: Amount, places: int = 0) -> str:
    """`x` at exactly that many decimals, with thousands separators: 12,345.60."""
    if math.isnan(x):
        return WITHHELD
    text = f"{float(x):,.{places}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def money(x: Amount) -> str:
    """USD without the letters, for a column that names them: 1.23 bn, 45.60 m, 12,345, 154.20."""
    size = abs(float(x))
    if size >= 999_995_000:
        return grouped(float(x) / 1e9, 2) + " bn"
    if size >= 999_999.5:
        return grouped(float(x) / 1e6, 2) + " m"
    return grouped(x) if size >= 999.995 or x == 0 else grouped(x, 2)


def usd(x: Amount) -> str:
    """USD in a sentence: USD 1.23 bn."""
    return WITHHELD if math.isnan(x) else f"USD {money(x)}"


def tonnes(x: Amount) -> str:
    """Tonnes: whole from 1,000 t, else with the decimals that a kilogram or a gram needs: 12,345; 12.5; 0.001."""
    size = abs(float(x))
    if size >= 999.95:
        return grouped(x)
    return plain(x, 1 if size >= 100 else 3 if size >= 0.001 else 6)


def days(x: Amount) -> str:
    """Days at one decimal, and at three where that would read as none; less than a thousandth is none: 12.3; 0.02; 0.0."""
    return plain(x, 3) if 0.001 <= abs(float(x)) < 0.05 else grouped(x, 1)


def reached(x: Amount, wanted: Amount) -> str:
    """Days of days wanted, told apart where one decimal would not: 12.3 of 60.0; 99.98 of 100."""
    if days(x) == days(wanted) and abs(float(x - wanted)) >= 0.001:
        return f"{plain(x, 3)} of {plain(wanted, 3)}"
    return f"{days(x)} of {days(wanted)}"


def percent(x: Amount) -> str:
    """A fraction as a percentage: 0.0042 is 0.42 %; one that would read as none is `<0.01 %`."""
    if math.isnan(x):
        return WITHHELD
    return "<0.01 %" if 0 < x < 0.00005 else f"{plain(float(x) * 100, 2)} %"


def amount(x: Amount, unit: str) -> str:
    """An amount as its unit is read, without the unit: 1.23 bn of USD, 12.5 t, 3.0 days, 4 orders."""
    if unit == "USD":
        return money(x)
    if unit == "t":
        return tonnes(x)
    return days(x) if unit.endswith("days") else plain(x, 6)


def quantity(x: Amount, unit: str) -> str:
    """An amount with its unit: USD 1.23 bn, 12.5 t, 3.0 weighted days, 1 order; a `share` is in % points."""
    if unit == "share":
        return f"{percent(x)} points"
    if unit == "USD":
        return usd(x)
    one = x == 1 and not unit.endswith("days")
    return f"{amount(x, unit)} {unit.removesuffix('s') if one else unit}".rstrip()


def count(n: int, noun: str) -> str:
    """A number of things: 1 ticket, 1,204 tickets."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def between(ends: Interval | None, write: Callable[[Amount], str]) -> str:
    """An interval as its ends are written, once where both read the same; empty where there is none."""
    if ends is None:
        return ""
    low, high = map(write, ends)
    return low if low == high else f"{low} to {high}"


def total(amounts: Iterable[float]) -> Amount:
    """The exact sum; NaN where one of them is withheld."""
    listed = list(amounts)
    return math.nan if any(map(math.isnan, listed)) else sum(map(exact, listed), Fraction(0))


def scale(most: Amount) -> tuple[str, float]:
    """The unit of USD that amounts up to `most` read best in, and what it is."""
    return next(((n, s) for n, s in (("USD bn", 1e9), ("USD m", 1e6)) if most >= s), ("USD", 1.0))
